package io.dgen.internal.engine.failure;

import io.dgen.FailurePolicy;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.format.Meta.Flag;
import io.dgen.internal.engine.format.PauseRecord;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.spi.Environment;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Counts the failures of an entity and pauses it when there are too many in a period, as OTP's
 * supervisors do. The times of the failures are versions of the store, which all nodes share, and
 * are stored, so that neither a restart nor another owner forgets them.
 */
final class RestartIntensity {

  /** Versions of the store per millisecond, as FoundationDB defines them. */
  private static final long VERSIONS_PER_MILLISECOND = 1000;

  private final EntityKeys keys;
  private final FailurePolicy policy;
  private final Environment environment;

  RestartIntensity(EntityKeys keys, FailurePolicy policy, Environment environment) {
    this.keys = keys;
    this.policy = policy;
    this.environment = environment;
  }

  /** Returns whether a failure must be counted at all. */
  boolean isLimited() {
    return policy.hasRestartLimit();
  }

  /**
   * Counts a failure in a transaction that has read meta with a conflict, and that writes the
   * returned meta if it has changed.
   *
   * @param meta the current meta
   * @param what what failed, for the record of a pause
   * @return the meta, paused if this failure was one too many
   */
  Meta count(Transactor.Attempt attempt, Meta meta, String what) throws InterruptedException {
    if (!isLimited()) {
      return meta;
    }
    var stored = attempt.reads().get(keys.failures());
    long now = environment.await(attempt.reads().getReadVersion());
    byte[] recent = with(environment.await(stored), now);
    int failures = recent.length / Long.BYTES;
    attempt.writes().set(keys.failures(), recent);
    if (failures <= policy.maxRestarts() || meta.has(Flag.PAUSED)) {
      return meta;
    }
    String reason =
        failures
            + " failures within "
            + policy.period()
            + ", more than the "
            + policy.maxRestarts()
            + " that the restart intensity allows; the last: "
            + what;
    attempt
        .writes()
        .set(
            keys.paused(),
            new PauseRecord(reason, environment.now().toEpochMilli(), true).encoded());
    return meta.with(Flag.PAUSED);
  }

  /** Returns the failures within the period, and one now; never more than matter. */
  private byte[] with(byte @Nullable [] stored, long now) {
    long[] kept = new long[policy.maxRestarts() + 1];
    int count = 0;
    if (stored != null) {
      long period = policy.period().toMillis() * VERSIONS_PER_MILLISECOND;
      ByteBuffer times = ByteBuffer.wrap(stored);
      // The oldest come first; a longer list was written under another policy.
      int skipped = Math.max(0, times.remaining() / Long.BYTES - policy.maxRestarts());
      times.position(skipped * Long.BYTES);
      while (times.remaining() >= Long.BYTES) {
        long time = times.getLong();
        if (now - time < period) {
          kept[count++] = time;
        }
      }
    }
    kept[count++] = now;
    ByteBuffer bytes = ByteBuffer.allocate(count * Long.BYTES);
    for (int i = 0; i < count; i++) {
      bytes.putLong(kept[i]);
    }
    return bytes.array();
  }
}
