package io.dgen.internal.engine.cluster;

import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.spi.Environment;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Transaction;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The time during which any node has been running, in microseconds: the clock by which idempotency
 * records expire. It is kept in the store. Every heartbeat advances it by the time that has passed
 * on the node's own steady clock since the node last saw it, and by no more than the liveness
 * timeout. So it moves as time does while a node runs and stands still while none does; neither a
 * clock that is set nor versions that jump move it, and a machine that is suspended moves it by one
 * liveness timeout.
 *
 * <p>Two nodes that advance it at the same time both start from what they have seen, so the time is
 * counted once. If the later one to commit has seen less, the clock goes back by less than the time
 * between two heartbeats: expiry is delayed by that much. Thread-safe.
 */
public final class RunningTime {

  private static final long NANOS_PER_MICRO = 1000;

  private final KeyLayout layout;
  private final Environment environment;
  private final long mostNanos;

  // Guarded by {@code this}:

  private long micros;
  private long seenAt;
  private boolean known;

  /**
   * Creates a clock that does not know the time before its node's first heartbeat.
   *
   * @param most by how much one heartbeat may advance it
   */
  public RunningTime(KeyLayout layout, Environment environment, Duration most) {
    this.layout = layout;
    this.environment = environment;
    this.mostNanos = most.toNanos();
  }

  /** Begins to read the clock, as part of a heartbeat. */
  CompletableFuture<byte @Nullable []> begin(ReadTransaction snapshot) {
    return snapshot.get(layout.runningTimeKey());
  }

  /**
   * Advances the clock, as part of a heartbeat, which may be repeated.
   *
   * @param stored the result of {@link #begin}
   * @param version the version of the store, from which the clock starts if it is not stored yet:
   *     so records that were written when versions were the clock expire about when they should
   */
  synchronized void carryOn(Transaction transaction, byte @Nullable [] stored, long version) {
    long found =
        stored == null || stored.length != Long.BYTES ? version : ByteBuffer.wrap(stored).getLong();
    micros = Math.max(now(), found);
    seenAt = environment.nanoTime();
    known = true;
    transaction.set(layout.runningTimeKey(), KeyLayout.bigEndian(micros));
  }

  /** Returns the time that has certainly passed. */
  public synchronized long now() {
    return known ? micros + Math.min(elapsed(), mostNanos) / NANOS_PER_MICRO : 0;
  }

  /** Returns the end of a duration that begins now: not earlier, however late heartbeats are. */
  public synchronized long after(Duration duration) {
    return micros + (elapsed() + duration.toNanos()) / NANOS_PER_MICRO;
  }

  private long elapsed() {
    return Math.max(0, environment.nanoTime() - seenAt);
  }
}
