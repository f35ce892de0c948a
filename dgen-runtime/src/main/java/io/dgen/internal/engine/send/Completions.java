package io.dgen.internal.engine.send;

import io.dgen.error.DgenException;
import io.dgen.internal.engine.work.ThreadState;
import io.dgen.spi.Environment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Completes senders with the results of their messages. A blocked sender is woken at once; the
 * continuations of an asynchronous one may run user code, so they run on a separate executor and
 * cannot hold up the engine. Thread-safe.
 */
public final class Completions {

  /** How long a continuation may hold up later ones. */
  private static final Duration STALL = Duration.ofMillis(10);

  private final Environment environment;

  public Completions(Environment environment) {
    this.environment = environment;
  }

  public <M> void answer(List<Answer<M>> answers) {
    List<Runnable> asynchronous = new ArrayList<>(0);
    for (Answer<M> answer : answers) {
      if (answer.pending().blocking) {
        complete(answer);
      } else {
        asynchronous.add(() -> complete(answer));
      }
    }
    new Batch(asynchronous).start();
  }

  private static <M> void complete(Answer<M> answer) {
    DgenException problem = answer.problem();
    if (problem == null) {
      answer.pending().complete(answer.reply());
    } else {
      answer.pending().fail(problem);
    }
  }

  public void fail(List<? extends Pending<?>> senders, RuntimeException error) {
    List<Runnable> asynchronous = new ArrayList<>(0);
    for (Pending<?> sender : senders) {
      if (sender.blocking) {
        sender.fail(error);
      } else {
        asynchronous.add(() -> sender.fail(error));
      }
    }
    new Batch(asynchronous).start();
  }

  /** Runs a task that runs user code, and completes a sender at its end. */
  void later(Runnable completion) {
    new Batch(List.of(completion)).start();
  }

  /**
   * Futures that are completed in order, on one thread. A continuation of one may block, even until
   * another of them is done: so whenever there is no progress for a while, a further thread
   * continues after the stuck one.
   */
  private final class Batch {

    private final List<Runnable> completions;
    private final AtomicInteger next = new AtomicInteger();
    private volatile Environment.@Nullable Cancellable watchdog;

    Batch(List<Runnable> completions) {
      this.completions = completions;
    }

    void start() {
      if (!completions.isEmpty()) {
        environment.executeUserCode(this::work);
      }
      if (completions.size() > 1) {
        watch();
      }
    }

    private void work() {
      int taken = next.getAndIncrement();
      while (taken < completions.size()) {
        ThreadState state = ThreadState.enter();
        completions.get(taken).run();
        state.restore();
        taken = next.getAndIncrement();
      }
      Environment.Cancellable timer = watchdog;
      if (timer != null) {
        timer.cancel();
      }
    }

    private void watch() {
      int seen = next.get();
      watchdog =
          environment.schedule(
              STALL,
              () -> {
                int reached = next.get();
                if (reached < completions.size()) {
                  if (reached == seen) {
                    environment.executeUserCode(this::work);
                  }
                  watch();
                }
              });
    }
  }
}
