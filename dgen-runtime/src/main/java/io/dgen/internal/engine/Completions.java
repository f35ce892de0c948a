package io.dgen.internal.engine;

import io.dgen.internal.engine.Round.Answer;
import io.dgen.spi.Environment;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells senders what became of their messages. A blocked sender is woken at once; what hangs on the
 * future of an asynchronous one is code of the user, and runs on a thread of its own, so that it
 * cannot hold the engine up. Thread-safe.
 */
final class Completions {

  private final Environment environment;

  Completions(Environment environment) {
    this.environment = environment;
  }

  <M> void answer(List<Answer<M>> answers) {
    List<Answer<M>> asynchronous = new ArrayList<>(0);
    for (Answer<M> answer : answers) {
      if (answer.pending().blocking) {
        answer.pending().complete(answer.reply());
      } else {
        asynchronous.add(answer);
      }
    }
    if (!asynchronous.isEmpty()) {
      environment.execute(
          () ->
              asynchronous.forEach(
                  answer ->
                      complete(answer.pending(), () -> answer.pending().complete(answer.reply()))));
    }
  }

  void fail(List<? extends Pending<?>> senders, RuntimeException error) {
    List<Pending<?>> asynchronous = new ArrayList<>(0);
    for (Pending<?> sender : senders) {
      if (sender.blocking) {
        sender.fail(error);
      } else {
        asynchronous.add(sender);
      }
    }
    if (!asynchronous.isEmpty()) {
      environment.execute(
          () -> asynchronous.forEach(sender -> complete(sender, () -> sender.fail(error))));
    }
  }

  /**
   * Completes a future on this thread if nothing hangs on it, else on one of its own: code of the
   * user may block, even on a future that comes behind it here.
   */
  private void complete(Pending<?> sender, Runnable completion) {
    if (sender.future.getNumberOfDependents() == 0) {
      completion.run();
    } else {
      environment.execute(completion);
    }
  }
}
