package io.dgen.internal.engine.tx;

import io.dgen.internal.engine.work.CallbackThread;
import io.dgen.internal.engine.work.Errands;
import io.dgen.internal.engine.work.Interrupts.BlockingSupplier;
import io.dgen.internal.engine.work.Lifecycle;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Runs work that callers of the API wait for on other threads, so that their wait ends in time and
 * when interrupted. Refuses everything once the node closes. Thread-safe.
 */
public final class CallerWork {

  private final Lifecycle lifecycle;
  private final Errands errands;
  private final Transactor transactor;
  private final Duration timeout;

  /**
   * Creates it.
   *
   * @param timeout how long a caller waits by default
   */
  public CallerWork(Lifecycle lifecycle, Errands errands, Transactor transactor, Duration timeout) {
    this.lifecycle = lifecycle;
    this.errands = errands;
    this.transactor = transactor;
    this.timeout = timeout;
  }

  /**
   * Runs a transaction.
   *
   * @param what the operation, for errors
   * @throws io.dgen.error.CallTimeoutException if the store takes longer than the timeout
   */
  public <T extends @Nullable Object> T transact(String what, Transactor.Body<T> body) {
    return errand(what, () -> transactor.run(body).value());
  }

  /** Runs other work. */
  public <T extends @Nullable Object> T errand(String what, BlockingSupplier<T> body) {
    refuseInCallback(what);
    lifecycle.requireOpen(what);
    return errands.run(what, timeout, body);
  }

  /** Runs work as {@link #errand} does, for work that runs user code, such as metrics. */
  public <T extends @Nullable Object> T userErrand(String what, BlockingSupplier<T> body) {
    refuseInCallback(what);
    lifecycle.requireOpen(what);
    return errands.runUserCode(what, timeout, body);
  }

  private static void refuseInCallback(String what) {
    CallbackThread.refuse(
        what, "do it outside callbacks, for example in an action that follows the result");
  }

  /**
   * Runs user code, and waits for it for no more than a part of the timeout.
   *
   * @param bodies throw nothing; those that take longer keep running
   */
  public void tryUserCode(Duration patience, List<Runnable> bodies) {
    Duration part = timeout.dividedBy(4);
    errands.tryUserCode(part.compareTo(patience) < 0 ? part : patience, bodies);
  }
}
