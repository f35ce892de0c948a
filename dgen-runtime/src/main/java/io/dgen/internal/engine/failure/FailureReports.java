package io.dgen.internal.engine.failure;

import io.dgen.Failure;
import io.dgen.FailureListener;
import io.dgen.Metrics;
import io.dgen.internal.SafeLog;
import io.dgen.internal.Texts;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.work.ThreadState;
import io.dgen.internal.engine.work.UserErrors;
import io.dgen.spi.Environment;
import java.util.ArrayDeque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes failures to the user's listener, in the order in which they were recorded, on a thread
 * that holds up nothing in the engine. Thread-safe.
 */
public final class FailureReports {

  private static final Logger LOG = LoggerFactory.getLogger(FailureReports.class);

  private final @Nullable FailureListener listener;
  private final Metrics metrics;
  private final Environment environment;

  // Guarded by {@code this}:

  private final ArrayDeque<Failure> waiting = new ArrayDeque<>();
  private boolean running;
  private long dropped;

  public FailureReports(
      @Nullable FailureListener listener, Metrics metrics, Environment environment) {
    this.listener = listener;
    this.metrics = metrics;
    this.environment = environment;
  }

  /** Counts a failure, and passes it to the listener. */
  public void report(
      Address address,
      Failure.Kind kind,
      String message,
      int attempts,
      @Nullable Throwable reason) {
    try {
      count(address, kind, message);
    } catch (Throwable e) {
      SafeLog.error(LOG, "the metrics failed to record a failure of " + address, e);
    }
    add(
        new Failure(
            kind, address.server(), address.id(), message, attempts, Optional.ofNullable(reason)));
  }

  private void count(Address address, Failure.Kind kind, String message) {
    switch (kind) {
      case ATTEMPT -> metrics.attemptFailed(address.server(), message);
      case DEAD_LETTER -> metrics.deadLetter(address.server(), message);
      case PAUSE -> metrics.paused(address.server());
      case ACTION -> metrics.actionFailed(address.server());
      default -> {}
    }
  }

  private void add(Failure failure) {
    if (listener == null) {
      return;
    }
    synchronized (this) {
      if (waiting.size() >= FailureListener.MAX_WAITING) {
        dropped++;
        return;
      }
      waiting.addLast(failure);
      if (running) {
        return;
      }
      running = true;
    }
    environment.executeUserCode(this::tell);
  }

  private void tell() {
    FailureListener told = listener;
    for (Failure next = next(); next != null && told != null; next = next()) {
      ThreadState state = ThreadState.enter();
      try {
        told.failed(next);
      } catch (Throwable e) {
        SafeLog.error(
            LOG,
            "the failure listener threw an exception for a failure of " + Texts.quoted(next.id()),
            UserErrors.safe(e));
      } finally {
        state.restore();
      }
    }
  }

  private @Nullable Failure next() {
    long lost;
    Failure next;
    synchronized (this) {
      lost = dropped;
      dropped = 0;
      next = waiting.pollFirst();
      running = next != null;
    }
    if (lost > 0) {
      LOG.warn("the failure listener is too slow: {} failures were not reported to it", lost);
    }
    return next;
  }
}
