package io.dgen.internal.engine.failure;

import io.dgen.Failure;
import io.dgen.FailurePolicy;
import io.dgen.codec.CodecException;
import io.dgen.error.ChangeTooLargeException;
import io.dgen.internal.Texts;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.ErrorText;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.format.StampedKeys;
import io.dgen.internal.engine.format.TooLarge;
import io.dgen.internal.engine.send.Pending;
import io.dgen.internal.engine.send.Push;
import io.dgen.internal.engine.send.Queued;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.store.KeyValue;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts a failed attempt in the message itself, which keeps its place in the queue, with the
 * version before which it is not retried. The store's versions are the clock that all nodes share.
 * A message that has failed often enough need not wait: the next round that reaches it gives it up.
 */
public final class FailureCounter {

  private static final Logger LOG = LoggerFactory.getLogger(FailureCounter.class);

  private static final String ON_TRIAL = "the process ended while it ran, or may have run";

  private final Entity entity;
  private final EntityKeys keys;
  private final Address address;
  private final Failing failing;
  private final FailurePolicy policy;
  private final RestartIntensity intensity;

  public FailureCounter(Entity entity, Failing failing) {
    this.entity = entity;
    this.keys = entity.keys();
    this.address = entity.address();
    this.failing = failing;
    this.policy = failing.policy(entity);
    this.intensity = new RestartIntensity(keys, policy, entity.environment());
  }

  /**
   * A failed attempt that a transaction is about to count.
   *
   * @param message the message as it is then stored
   * @param meta the meta to store
   * @param paused whether this failure paused the entity
   * @param micros how many microseconds the message is to wait; 0 if it is given up
   * @param late whether it is given up because its caller waits no longer
   */
  public record Counted(
      Envelope message, Meta meta, boolean paused, long micros, boolean late, Throwable reason) {}

  /**
   * Counts a failed attempt of the message that holds the lock, anywhere in the queue, as part of a
   * transaction that has read meta with a conflict. The caller writes the returned meta, and {@link
   * #report reports} once it has committed.
   *
   * @param meta the current meta
   * @param stamp the message's place in the queue
   * @return null if it is not in the queue
   */
  public @Nullable Counted count(
      Transactor.Attempt attempt, Meta meta, byte[] stamp, Throwable reason)
      throws InterruptedException {
    byte[] stored = stored(attempt, stamp);
    return stored.length == 0
        ? null
        : rewritten(attempt, meta, stamp, Envelope.decode(stored).afterLock(), reason);
  }

  private Counted rewritten(
      Transactor.Attempt attempt, Meta meta, byte[] stamp, Envelope message, Throwable reason)
      throws InterruptedException {
    Counted counted = counted(attempt, meta, message, KeyLayout.versionOf(stamp), reason);
    Push.rewrite(attempt.writes(), keys, stamp, counted.message());
    return counted;
  }

  /**
   * Returns what a failure makes of a message.
   *
   * @param since the version at which the message came to the queue; that of this transaction if it
   *     comes there now
   */
  private Counted counted(
      Transactor.Attempt attempt, Meta meta, Envelope message, long since, Throwable thrown)
      throws InterruptedException {
    Throwable reason = TooLarge.described(thrown, message.name(), address);
    ErrorText error = ErrorText.of(reason);
    int failures = message.attempts() + 1;
    long wait = 0;
    long notBefore = 0;
    boolean late = false;
    if (reason instanceof ChangeTooLargeException) {
      notBefore = Envelope.NEVER;
    } else if (!policy.isExhausted(failures, message.hasLocked())) {
      wait = failing.backOff().afterFailures(failures);
      notBefore = version(attempt) + wait;
      late = policy.callDeadlines() && message.isLate(notBefore, since);
    }
    if (late) {
      wait = 0;
      notBefore = Envelope.NEVER;
    }
    Meta next = intensity.count(attempt, meta, message.name() + ": " + error.text());
    return new Counted(message.failed(notBefore, error), next, next != meta, wait, late, reason);
  }

  /** Returns the version of the store that is the time of a transaction. */
  private long version(Transactor.Attempt attempt) throws InterruptedException {
    return entity.environment().await(attempt.reads().getReadVersion());
  }

  /** Logs and reports a counted failure, once that has committed. */
  public void report(Counted counted) {
    Envelope message = counted.message();
    int attempts = message.attempts();
    if (counted.late()) {
      LOG.warn(
          "attempt {} of {} to {} failed; it is given up, since its caller will no longer wait when"
              + " the next attempt would begin",
          attempts,
          message.name(),
          address,
          counted.reason());
    } else if (counted.micros() == 0) {
      LOG.warn(
          "attempt {} of {} to {} failed", attempts, message.name(), address, counted.reason());
    } else {
      LOG.warn(
          "attempt {} of {} to {} failed; it is retried in {} ms",
          attempts,
          message.name(),
          address,
          counted.micros() / 1000,
          counted.reason());
    }
    failing
        .reports()
        .report(address, Failure.Kind.ATTEMPT, message.name(), attempts, counted.reason());
    if (counted.paused()) {
      reportPause(message.name(), counted.reason());
    }
  }

  private void reportPause(String name, @Nullable Throwable reason) {
    LOG.warn(
        "{} failed more than {} times within {} and is paused; resume it once the cause is fixed",
        address,
        policy.maxRestarts(),
        policy.period());
    failing.reports().report(address, Failure.Kind.PAUSE, name, 0, reason);
  }

  /**
   * Records the failure of a queued message.
   *
   * @return how many microseconds it is to wait; 0 if it is given up, or no longer in the queue
   *     unchanged
   */
  public long ofQueued(Queued queued, Throwable reason) throws InterruptedException {
    Envelope message = queued.envelope();
    Optional<Counted> counted =
        entity
            .transactor()
            .<Optional<Counted>>run(
                attempt -> {
                  Meta meta = meta(attempt);
                  // If another node pops or counts it in the meantime, nothing is recorded.
                  if (!Arrays.equals(stored(attempt, queued.stamp), queued.bytes)) {
                    return Optional.empty();
                  }
                  return Optional.of(
                      written(
                          attempt, meta, rewritten(attempt, meta, queued.stamp, message, reason)));
                })
            .value();
    counted.ifPresent(this::report);
    return counted.map(Counted::micros).orElse(0L);
  }

  /**
   * Counts a trial of a queued message, before it runs.
   *
   * @param wasRunning whether it is known to have been running when a process ended
   * @return false if it is no longer in the queue unchanged
   */
  public boolean ofTrial(Queued queued, boolean wasRunning) throws InterruptedException {
    Envelope next = queued.envelope().onTrial(wasRunning, ON_TRIAL);
    boolean counted =
        entity
            .transactor()
            .run(
                attempt -> {
                  boolean isThere = Arrays.equals(stored(attempt, queued.stamp), queued.bytes);
                  if (isThere) {
                    Push.rewrite(attempt.writes(), keys, queued.stamp, next);
                  }
                  return isThere;
                })
            .value();
    if (counted && next.crashes() > 0) {
      LOG.warn(
          "{} to {} may have crashed {} process(es); it is tried alone",
          next.name(),
          address,
          next.crashes());
    }
    return counted;
  }

  /** Returns a message's bytes in the queue, read with a conflict; empty if it is not there. */
  private byte[] stored(Transactor.Attempt attempt, byte[] stamp) throws InterruptedException {
    StampedKeys queue = keys.messages();
    List<KeyValue> rows =
        entity
            .environment()
            .await(attempt.reads().getRange(queue.key(stamp, 0), queue.behind(stamp), 0));
    return Envelope.joined(rows);
  }

  /** Returns the meta, if a failure may change it: a conflict with every round needs a reason. */
  private Meta meta(Transactor.Attempt attempt) throws InterruptedException {
    if (!intensity.isLimited()) {
      return Meta.NONE;
    }
    byte[] stored = entity.environment().await(attempt.reads().get(keys.meta));
    return Meta.of(stored);
  }

  private Counted written(Transactor.Attempt attempt, Meta before, Counted counted) {
    if (counted.meta() != before) {
      attempt.writes().set(keys.meta, counted.meta().encoded());
    }
    return counted;
  }

  /**
   * Returns a message of the lane in the form that goes to the queue.
   *
   * @throws io.dgen.error.DgenException if it cannot be stored
   */
  public <M> Envelope envelope(Pending<M> pending) {
    if (pending.isCall()) {
      failing.mailbox().register(pending);
    }
    long now = entity.environment().now().toEpochMilli();
    return Push.envelope(pending, entity.node(), now);
  }

  /**
   * Records the failure of a message of the lane: it goes to the queue, durably.
   *
   * @param message the result of {@link #envelope}
   * @return how many microseconds it is to wait; 0 if it is given up
   */
  public long ofLane(Envelope message, Throwable reason) throws InterruptedException {
    Counted counted =
        entity
            .transactor()
            .run(
                attempt -> {
                  Meta meta = meta(attempt);
                  Counted made = counted(attempt, meta, message, version(attempt), reason);
                  Push.write(attempt.writes(), keys, List.of(made.message()));
                  return written(attempt, meta, made);
                })
            .value();
    report(counted);
    return counted.micros();
  }

  /**
   * Notes in a queued message why it cannot run on this node, for people to see. This is not an
   * attempt: the message, or the state, belongs to another version, and waits for a node that can
   * read it.
   *
   * @param kind what is unreadable
   */
  public void note(Queued queued, Failure.Kind kind, Throwable reason) throws InterruptedException {
    String name = "";
    try {
      Envelope message = queued.envelope();
      name = message.name();
      boolean undecodable = kind == Failure.Kind.UNDECODABLE;
      Envelope noted = message.noted(ErrorText.of(reason), undecodable);
      if (!noted.error().equals(message.error()) || undecodable != message.unreadable()) {
        entity
            .transactor()
            .run(
                attempt -> {
                  if (Arrays.equals(stored(attempt, queued.stamp), queued.bytes)) {
                    Push.rewrite(attempt.writes(), keys, queued.stamp, noted);
                  }
                  return true;
                });
      }
    } catch (CodecException e) {
      // Nothing can be noted in an unreadable message: the status shows what a reader finds.
    }
    LOG.warn("{} to {} blocks its queue until a node can read it", name, address, reason);
    failing.reports().report(address, kind, name, 0, reason);
  }

  /**
   * Counts a failure of the entity that is not a message's: an abnormal stop. Part of a
   * transaction, as {@link #count} is.
   *
   * @return the meta to write
   */
  public Meta countStop(Transactor.Attempt attempt, Meta meta, Stopped stop)
      throws InterruptedException {
    return intensity.count(attempt, meta, stop.message() + " stopped it: " + stop.reason());
  }

  /** Logs and reports that the entity stopped abnormally, once that has committed. */
  public void report(Stopped stop) {
    LOG.warn(
        "{} was stopped by {}: {}",
        address,
        stop.message(),
        Texts.escaped(stop.reason().text(), 1000));
    failing.reports().report(address, Failure.Kind.STOP, stop.message(), 0, null);
    if (stop.paused()) {
      reportPause(stop.message(), null);
    }
  }
}
