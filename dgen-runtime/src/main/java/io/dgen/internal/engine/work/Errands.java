package io.dgen.internal.engine.work;

import io.dgen.error.CallTimeoutException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.internal.engine.work.Interrupts.BlockingSupplier;
import io.dgen.spi.Environment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs work that may block on another thread, for a user's thread that waits: so the wait ends in
 * time, and when interrupted, whatever the store or user code does. Thread-safe.
 */
public final class Errands {

  private final Environment environment;

  /**
   * Creates it.
   *
   * @param environment an environment whose waits an interrupt ends
   */
  public Errands(Environment environment) {
    this.environment = environment;
  }

  /**
   * Runs work and waits for it.
   *
   * @param what the operation, for errors
   * @param timeout how long the caller waits
   * @return the body's result
   * @throws CallTimeoutException if it takes longer; the body keeps running
   * @throws DgenException if the caller is interrupted; the body keeps running
   */
  public <T extends @Nullable Object> T run(
      String what, Duration timeout, BlockingSupplier<T> body) {
    return run(environment::execute, what, timeout, body);
  }

  /** Runs work as {@link #run} does, for work that also runs user code. */
  public <T extends @Nullable Object> T runUserCode(
      String what, Duration timeout, BlockingSupplier<T> body) {
    return run(environment::executeUserCode, what, timeout, body);
  }

  private <T extends @Nullable Object> T run(
      Executor threads, String what, Duration timeout, BlockingSupplier<T> body) {
    CompletableFuture<T> done = new CompletableFuture<>();
    threads.execute(() -> carryOut(body, done));
    Environment.Cancellable timer =
        environment.schedule(timeout, () -> done.completeExceptionally(late(what, timeout)));
    try {
      return environment.await(done);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DgenException(
          "interrupted; cannot " + what + ", or cannot tell whether it was done",
          e,
          Effect.UNKNOWN);
    } finally {
      timer.cancel();
    }
  }

  /**
   * Runs pieces of user code, each on its own thread, and waits for them for a while.
   *
   * @param bodies throw nothing; those that take longer keep running
   * @throws DgenException if the caller is interrupted
   */
  public void tryUserCode(Duration patience, List<Runnable> bodies) {
    if (bodies.isEmpty()) {
      return;
    }
    CompletableFuture<?>[] all =
        bodies.stream().map(this::userCode).toArray(CompletableFuture<?>[]::new);
    CompletableFuture<Void> done = CompletableFuture.allOf(all);
    Environment.Cancellable timer = environment.schedule(patience, () -> done.complete(null));
    try {
      var unused = environment.await(done);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DgenException("interrupted while waiting for a codec", e, Effect.NONE);
    } finally {
      timer.cancel();
    }
  }

  private CompletableFuture<Void> userCode(Runnable body) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    environment.executeUserCode(
        () -> {
          ThreadState state = ThreadState.enter();
          try {
            body.run();
          } finally {
            state.restore();
            done.complete(null);
          }
        });
    return done;
  }

  private static <T extends @Nullable Object> void carryOut(
      BlockingSupplier<T> body, CompletableFuture<T> done) {
    try {
      done.complete(body.get());
    } catch (InterruptedException e) {
      done.completeExceptionally(
          new DgenException("a thread of the engine was interrupted", e, Effect.UNKNOWN));
    } catch (Throwable e) {
      done.completeExceptionally(e);
    }
  }

  private static CallTimeoutException late(String what, Duration timeout) {
    return new CallTimeoutException(
        "could not "
            + what
            + " within "
            + timeout.toMillis()
            + " ms: the store does not respond. If this was to change something, the change may"
            + " still happen",
        null);
  }
}
