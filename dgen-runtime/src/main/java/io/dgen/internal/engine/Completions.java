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
    List<Runnable> asynchronous = new ArrayList<>(0);
    List<Runnable> observed = new ArrayList<>(0);
    for (Answer<M> answer : answers) {
      Pending<M> sender = answer.pending();
      if (sender.blocking) {
        sender.complete(answer.reply());
      } else {
        (sender.isObserved() ? observed : asynchronous).add(() -> sender.complete(answer.reply()));
      }
    }
    run(asynchronous, observed);
  }

  void fail(List<? extends Pending<?>> senders, RuntimeException error) {
    List<Runnable> asynchronous = new ArrayList<>(0);
    List<Runnable> observed = new ArrayList<>(0);
    for (Pending<?> sender : senders) {
      if (sender.blocking) {
        sender.fail(error);
      } else {
        (sender.isObserved() ? observed : asynchronous).add(() -> sender.fail(error));
      }
    }
    run(asynchronous, observed);
  }

  /**
   * What hangs on one future may wait for another of the same round, so each that somebody observes
   * has a thread of its own. The rest share one, ahead of the first of those.
   */
  private void run(List<Runnable> asynchronous, List<Runnable> observed) {
    if (!observed.isEmpty()) {
      asynchronous.add(observed.removeLast());
    }
    if (!asynchronous.isEmpty()) {
      environment.execute(() -> asynchronous.forEach(Runnable::run));
    }
    observed.forEach(environment::execute);
  }
}
