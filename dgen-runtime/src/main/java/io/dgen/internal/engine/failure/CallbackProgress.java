package io.dgen.internal.engine.failure;

import io.dgen.EntityStatus.Running;
import io.dgen.generated.MessageCodec;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.send.Deadlines;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.internal.engine.work.Superseded;
import io.dgen.spi.Environment;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The progress of an activation's thread: whether it is in an attempt, which may be given up, and
 * which callback it has been running since when. A callback that takes long is logged with its
 * stack, repeatedly until it ends. Thread-safe.
 *
 * <p>An attempt is the only part that may run user code: it reads, and collects what it would
 * write. When it is given up, its thread certainly writes nothing more, since it learns of that
 * before it could commit.
 */
public final class CallbackProgress extends Deadlines.Entry {

  private static final Logger LOG = LoggerFactory.getLogger(CallbackProgress.class);

  private final Address address;
  private final Environment environment;
  private final Deadlines deadlines;
  private final Duration slow;

  /** The running callback; null for none. Written by the activation's thread alone. */
  private final AtomicReference<@Nullable Callback<?>> current = new AtomicReference<>();

  // Guarded by {@code this}:

  /** The current attempt; null for none. */
  private @Nullable Attempted attempted;

  private boolean superseded;
  private boolean working;

  /** Whether this is among the deadlines, or has just been taken out to be examined. */
  private boolean armed;

  /**
   * Creates it for an entity that is idle.
   *
   * @param slow how long a callback may run before it is logged
   */
  public CallbackProgress(Entity entity, Deadlines deadlines, Duration slow) {
    this.address = entity.address();
    this.environment = entity.environment();
    this.deadlines = deadlines;
    this.slow = slow;
  }

  /** A running callback. */
  private record Callback<M>(
      @Nullable MessageCodec<M> codec,
      @Nullable M message,
      String name,
      int attempt,
      long since,
      Thread thread) {

    String what() {
      MessageCodec<M> names = codec;
      M named = message;
      return names == null || named == null ? name : names.name(named);
    }
  }

  /** Begins work on the activation's thread. */
  public synchronized void begin() {
    working = true;
    if (!armed) {
      armed = true;
      deadlines.add(this, slow);
    }
  }

  /** Ends work, for now. */
  public synchronized void end() {
    working = false;
    if (deadlines.remove(this)) {
      armed = false;
    }
  }

  /** A current attempt. A class, so that equality is by identity. */
  public static final class Attempted {

    private final Transaction transaction;

    Attempted(Transaction transaction) {
      this.transaction = transaction;
    }

    /** Returns the read version of the attempt. */
    public CompletableFuture<Long> readVersion() {
      return transaction.getReadVersion();
    }
  }

  /**
   * Begins an attempt.
   *
   * @param transaction its transaction
   */
  public synchronized void beginAttempt(Transaction transaction) {
    if (superseded) {
      throw new Superseded();
    }
    attempted = new Attempted(transaction);
  }

  /**
   * Ends an attempt, before it can commit.
   *
   * @throws Superseded if it was given up
   */
  public synchronized void endAttempt() {
    attempted = null;
    if (superseded) {
      throw new Superseded();
    }
  }

  /** Gives up the current attempt; returns false if there is none. */
  public synchronized boolean supersede() {
    superseded = attempted != null;
    return superseded;
  }

  /** Gives up an attempt; returns false if it has ended. */
  @SuppressWarnings("ReferenceEquality") // Compares identity: the same attempt.
  public synchronized boolean supersede(Attempted only) {
    superseded |= attempted == only;
    return attempted == only;
  }

  /** Returns the current attempt; null for none. */
  public synchronized @Nullable Attempted attempted() {
    return attempted;
  }

  public synchronized boolean isSuperseded() {
    return superseded;
  }

  /**
   * Begins a message's callback, on this thread.
   *
   * @param now by {@link Environment#nanoTime}, or a moment before
   */
  public <M> void callback(MessageCodec<M> codec, M message, int attempt, long now) {
    current.setRelease(new Callback<>(codec, message, "", attempt, now, Thread.currentThread()));
  }

  /** Begins a callback without a message, on this thread. */
  public void callback(String name) {
    current.setRelease(
        new Callback<Object>(null, null, name, 1, environment.nanoTime(), Thread.currentThread()));
  }

  /** Ends the callback. */
  public void noCallback() {
    current.setRelease(null);
  }

  /** Returns the running callback; null for none. */
  public @Nullable Running running() {
    Callback<?> callback = current.get();
    if (callback == null) {
      return null;
    }
    long nanos = Math.max(0, environment.nanoTime() - callback.since());
    return new Running(
        callback.what(),
        callback.attempt(),
        environment.now().minusNanos(nanos),
        callback.thread().getName());
  }

  @Override
  public void expired() {
    Callback<?> callback = current.get();
    Duration next = slow;
    if (callback != null) {
      Duration taken = Duration.ofNanos(environment.nanoTime() - callback.since());
      if (taken.compareTo(slow) < 0) {
        next = slow.minus(taken);
      } else {
        report(callback, taken);
      }
    }
    synchronized (this) {
      armed = working;
      if (working) {
        deadlines.add(this, next);
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // Compares identity: the same run of the callback.
  private void report(Callback<?> callback, Duration taken) {
    Exception where = new Exception("the stack of the callback");
    where.setStackTrace(callback.thread().getStackTrace());
    if (current.get() == callback) {
      LOG.warn(
          "{} of {} has been running for {} ms, as attempt {} on thread {}; its entity waits for"
              + " it. If it never returns, kill or reset the entity",
          callback.what(),
          address,
          taken.toMillis(),
          callback.attempt(),
          callback.thread().getName(),
          where);
    }
  }
}
