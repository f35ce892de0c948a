package io.dgen.internal.engine.work;

import io.dgen.error.CallTimeoutException;
import io.dgen.error.DgenException;
import io.dgen.internal.engine.work.Interrupts.BlockingSupplier;
import io.dgen.spi.Environment;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Does what may block on another thread, for a thread of the user's that waits: so the wait ends in
 * time, and with an interrupt, whatever the store or user code does. Thread-safe.
 */
public final class Errands {

  private final Environment environment;

  /**
   * @param environment one whose waits an interrupt ends
   */
  public Errands(Environment environment) {
    this.environment = environment;
  }

  /**
   * Does something, and waits for it.
   *
   * @param what what is done, for errors
   * @param timeout how long the caller waits
   * @return what the body gives
   * @throws CallTimeoutException if the time is over before; the body goes on
   * @throws DgenException if the caller is interrupted; the body goes on
   */
  public <T extends @Nullable Object> T run(
      String what, Duration timeout, BlockingSupplier<T> body) {
    return run(environment::execute, what, timeout, body);
  }

  /** As {@link #run}, for what runs user code too. */
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
          "interrupted; cannot " + what + ", or not say whether it was done", e);
    } finally {
      timer.cancel();
    }
  }

  /**
   * Runs user code, each on a thread of its own, and waits for it for a while.
   *
   * @param bodies throw nothing; those that take longer go on
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
      throw new DgenException("interrupted while waiting for a codec", e);
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
      done.completeExceptionally(new DgenException("a thread of the engine was interrupted", e));
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
            + " ms: the store does not answer. If it was to change something, that may still"
            + " happen",
        null);
  }
}
