package io.dgen.internal.engine.later;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.internal.Durations;
import io.dgen.internal.engine.cluster.RunningTime;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.StampedKeys;
import io.dgen.spi.Environment;
import io.dgen.store.Keys;
import io.dgen.store.Transaction;
import java.time.Duration;

/**
 * How long dead letters are kept. A letter that is to expire has a key without a value below its
 * shard, among those of the {@link IdempotencyStore idempotency records}: by the time, the entity's
 * id and the letter's versionstamp, which no other letter ever has. So a key that outlives its
 * letter does no harm. Thread-safe.
 */
public final class LetterRetention {

  private final KeyLayout layout;
  private final Environment environment;
  private final RunningTime time;
  private final Duration retention;

  public LetterRetention(
      KeyLayout layout, Environment environment, RunningTime time, Duration retention) {
    this.layout = layout;
    this.environment = environment;
    this.time = time;
    this.retention = retention;
  }

  /**
   * Lets a letter expire, as part of the transaction that adds it; does nothing without a limit.
   */
  public void added(Transaction transaction, Address address, byte[] stamp) {
    if (retention.compareTo(Durations.NEVER) < 0) {
      int shard = KeyLayout.shard(address.server(), address.id());
      transaction.set(
          Keys.join(
              layout.expiryPrefix(address.server(), shard),
              Tuple.from(time.after(retention), address.id(), stamp).pack()),
          KeyLayout.NOTHING);
    }
  }

  /** Returns whether an expiry key, without its prefix, is that of a letter. */
  static boolean isOfLetter(Tuple key) {
    return key.size() == 3 && key.get(2) instanceof byte[];
  }

  /**
   * Deletes a letter that has expired, if it is still there: it is read with a conflict, as by
   * everyone who removes letters.
   *
   * @param key its expiry key, without its prefix
   */
  void expire(Transaction transaction, String server, Tuple key) throws InterruptedException {
    EntityKeys keys = layout.entity(server, key.getString(1));
    StampedKeys letters = keys.letters();
    byte[] stamp = key.getBytes(2);
    byte[] first = letters.key(stamp, 0);
    if (environment.await(transaction.get(first)) == null) {
      return;
    }
    transaction.clear(first, letters.behind(stamp));
    StepRows.removed(transaction, keys, environment, stamp);
    subtract(transaction, keys, environment, 1);
  }

  /** Subtracts letters from an entity's counter, which is not stored while there are none. */
  public static void subtract(
      Transaction transaction, EntityKeys keys, Environment environment, long removed)
      throws InterruptedException {
    long left = KeyLayout.counter(environment.await(transaction.get(keys.deadCount()))) - removed;
    if (left > 0) {
      transaction.set(keys.deadCount(), KeyLayout.littleEndian(left));
    } else {
      transaction.clear(keys.deadCount());
    }
  }
}
