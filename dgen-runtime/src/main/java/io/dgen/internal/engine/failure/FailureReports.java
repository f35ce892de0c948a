package io.dgen.internal.engine.failure;

import io.dgen.Failure;
import io.dgen.FailureListener;
import io.dgen.Metrics;
import io.dgen.error.RefusedException;
import io.dgen.internal.SafeLog;
import io.dgen.internal.Texts;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.work.ThreadState;
import io.dgen.internal.engine.work.UserErrors;
import io.dgen.spi.Environment;
import java.time.Duration;
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

  /** The least time between two refusals that are logged. */
  private static final Duration LOG_PAUSE = Duration.ofSeconds(1);

  private static final int MAX_LOGGED = 1000;

  private final @Nullable FailureListener listener;
  private final Metrics metrics;
  private final Environment environment;

  // Guarded by {@code this}:

  private final ArrayDeque<Failure> waiting = new ArrayDeque<>();
  private boolean running;
  private long dropped;

  private boolean hasLogged;

  /** When a refusal was last logged, by {@link Environment#nanoTime}. */
  private long loggedAt;

  /** How many refusals were not logged since. */
  private long unlogged;

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

  /** Counts answers that were dropped, since what they answer is no longer open. */
  public void late(Address address, int answers) {
    for (int i = 0; i < answers; i++) {
      try {
        metrics.lateAnswer(address.server());
      } catch (Throwable e) {
        SafeLog.error(LOG, "the metrics failed to record a late answer to " + address, e);
      }
    }
  }

  /**
   * Counts a refused message. One that nobody waits for is also logged and passed to the listener;
   * of such messages one in {@link #LOG_PAUSE} is logged.
   */
  public void refused(Address address, RefusedMessage refused) {
    RefusedException refusal = refused.refusal();
    try {
      metrics.refused(address.server(), refused.message());
    } catch (Throwable e) {
      SafeLog.error(LOG, "the metrics failed to record a refusal of " + address, e);
    }
    if (refused.toCaller()) {
      return;
    }
    long left = claimLine();
    if (left >= 0) {
      LOG.warn(
          "{} refused {}, whose sender does not wait: {}{}",
          address,
          refused.message(),
          Texts.escaped(refusal.code() + ": " + refusal.text(), MAX_LOGGED),
          left == 0 ? "" : " (" + left + " other refusals were not logged)");
    }
    add(
        new Failure(
            Failure.Kind.REFUSAL,
            address.server(),
            address.id(),
            refused.message(),
            0,
            Optional.of(refusal)));
  }

  /** Logs and counts that a message deleted its entity, once that has committed. */
  public void deleted(Address address, String message) {
    LOG.debug("{} was deleted by {}", address, message);
    try {
      metrics.deleted(address.server(), message);
    } catch (Throwable e) {
      SafeLog.error(LOG, "the metrics failed to record that " + address + " was deleted", e);
    }
  }

  /** Returns how many refusals were not logged since the last line; -1 if this one is not. */
  private synchronized long claimLine() {
    long now = environment.nanoTime();
    if (hasLogged && now - loggedAt < LOG_PAUSE.toNanos()) {
      unlogged++;
      return -1;
    }
    long left = unlogged;
    hasLogged = true;
    loggedAt = now;
    unlogged = 0;
    return left;
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
