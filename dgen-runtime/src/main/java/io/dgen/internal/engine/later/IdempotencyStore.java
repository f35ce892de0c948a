package io.dgen.internal.engine.later;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.internal.engine.cluster.RunningTime;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.IdempotencyRecord;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Idempotency records in the store: below their entity by key, and again, as a key without a value,
 * below their shard by the {@link RunningTime} at which they expire, so that expired ones are found
 * without reading any other. Thread-safe.
 */
public final class IdempotencyStore {

  /** How many records one transaction clears. */
  private static final int SWEEP_PAGE = 100;

  private static final Logger LOG = LoggerFactory.getLogger(IdempotencyStore.class);

  private final KeyLayout layout;
  private final Environment environment;
  private final RunningTime time;
  private final Duration retention;
  private final LetterRetention letters;

  /**
   * Creates it.
   *
   * @param retention how long a record is kept
   * @param letters expires dead letters, whose expiry keys are among those of records
   */
  public IdempotencyStore(
      KeyLayout layout,
      Environment environment,
      RunningTime time,
      Duration retention,
      LetterRetention letters) {
    this.layout = layout;
    this.environment = environment;
    this.time = time;
    this.retention = retention;
    this.letters = letters;
  }

  /** Returns when a record that is created now expires. */
  long expiry() {
    return time.after(retention);
  }

  /** Returns whether an expiry has passed. */
  boolean isOver(long expiry) {
    return expiry <= time.now();
  }

  /**
   * Begins to read a record, with a conflict: it is created and changed by writing its first key.
   */
  CompletableFuture<byte @Nullable []> begin(Transaction reads, Address address, String key) {
    return reads.get(Keys.join(prefix(address, key), chunk(0)));
  }

  /**
   * Reads the rest of a record.
   *
   * @param first the result of {@link #begin}
   * @return the record, expired or not; null if there is none
   */
  @Nullable IdempotencyRecord read(
      Transaction reads, Address address, String key, byte @Nullable [] first)
      throws InterruptedException {
    if (first == null) {
      return null;
    }
    int count = IdempotencyRecord.chunkCount(first);
    if (count == 1) {
      return IdempotencyRecord.decode(first);
    }
    byte[] prefix = prefix(address, key);
    List<KeyValue> rows = environment.await(reads.snapshot().getRange(prefix, behind(prefix), 0));
    if (count == 0 || rows.size() != count) {
      return IdempotencyRecord.damaged();
    }
    return IdempotencyRecord.decode(Envelope.joined(rows));
  }

  /**
   * Writes a record.
   *
   * @param before the stored record of the key; null if there is none
   */
  void write(
      Transaction transaction,
      Address address,
      String key,
      @Nullable IdempotencyRecord before,
      IdempotencyRecord record) {
    byte[] prefix = prefix(address, key);
    if (before != null) {
      clear(transaction, address, key, before);
    }
    List<byte[]> chunks = record.chunks();
    for (int i = 0; i < chunks.size(); i++) {
      transaction.set(Keys.join(prefix, chunk(i)), chunks.get(i));
    }
    if (record.ticket() == null) {
      transaction.set(expiryKey(address, key, record.expiry()), KeyLayout.NOTHING);
    }
  }

  /** Clears a record. */
  void clear(Transaction transaction, Address address, String key, IdempotencyRecord record) {
    byte[] prefix = prefix(address, key);
    transaction.clear(prefix, behind(prefix));
    if (record.ticket() == null && !record.isDamaged()) {
      transaction.clear(expiryKey(address, key, record.expiry()));
    }
  }

  /** Begins to read which record of a shard expires first. */
  public CompletableFuture<List<KeyValue>> first(ReadTransaction reads, String server, int shard) {
    byte[] prefix = layout.expiryPrefix(server, shard);
    return reads.getRange(prefix, Keys.prefixEnd(prefix), 1);
  }

  /** Returns when the record of an expiry key expires; at once if the key is damaged. */
  public long expiryOf(String server, int shard, byte[] key) {
    try {
      return tuple(layout.expiryPrefix(server, shard), key).getLong(0);
    } catch (RuntimeException e) {
      return 0;
    }
  }

  /**
   * Clears expired records and dead letters of a shard. May be repeated.
   *
   * @return whether there may be more
   */
  boolean sweep(Transaction transaction, String server, int shard) throws InterruptedException {
    byte[] prefix = layout.expiryPrefix(server, shard);
    long now = time.now();
    List<KeyValue> rows =
        environment.await(
            transaction
                .snapshot()
                .getRange(prefix, Keys.join(prefix, Tuple.from(now + 1).pack()), SWEEP_PAGE));
    List<byte[]> records = new ArrayList<>(rows.size());
    List<CompletableFuture<byte @Nullable []>> firsts = new ArrayList<>(rows.size());
    for (KeyValue row : rows) {
      transaction.clear(row.key());
      Tuple letter = letterOf(prefix, row.key());
      if (letter != null) {
        letters.expire(transaction, server, letter);
        continue;
      }
      byte[] record = recordOf(server, prefix, row.key());
      if (record != null) {
        records.add(record);
        firsts.add(transaction.get(Keys.join(record, chunk(0))));
      }
    }
    for (int i = 0; i < records.size(); i++) {
      byte[] first = environment.await(firsts.get(i));
      // A kill may have cleared it since, or a later attempt may have created it again.
      if (first != null && IdempotencyRecord.isExpired(first, now)) {
        transaction.clear(records.get(i), behind(records.get(i)));
      }
    }
    return rows.size() == SWEEP_PAGE;
  }

  /** Returns the expiry key of a dead letter without its prefix; null for any other key. */
  private static @Nullable Tuple letterOf(byte[] expiryPrefix, byte[] key) {
    try {
      Tuple tuple = tuple(expiryPrefix, key);
      return LetterRetention.isOfLetter(tuple) ? tuple : null;
    } catch (RuntimeException e) {
      return null;
    }
  }

  /**
   * Returns the prefix of the keys of the record that an expiry key names; null if the key is
   * damaged.
   */
  private byte @Nullable [] recordOf(String server, byte[] expiryPrefix, byte[] key) {
    try {
      Tuple tuple = tuple(expiryPrefix, key);
      return prefix(new Address(server, tuple.getString(1)), tuple.getString(2));
    } catch (RuntimeException e) {
      LOG.error("the expiry key of an idempotency record is damaged: {}", Keys.printable(key));
      return null;
    }
  }

  private static Tuple tuple(byte[] prefix, byte[] key) {
    return Tuple.fromBytes(key, prefix.length, key.length - prefix.length);
  }

  private byte[] prefix(Address address, String key) {
    return Keys.join(layout.entity(address.server(), address.id()).done(), Tuple.from(key).pack());
  }

  /**
   * Returns the key after a prefix's own keys. Keys that continue with 0xFF belong to the record of
   * a longer key: "k" and "k\0".
   */
  private static byte[] behind(byte[] prefix) {
    return Keys.join(prefix, new byte[] {(byte) 0xFF});
  }

  private byte[] expiryKey(Address address, String key, long expiry) {
    return Keys.join(
        layout.expiryPrefix(address.server(), KeyLayout.shard(address.server(), address.id())),
        Tuple.from(expiry, address.id(), key).pack());
  }

  private static byte[] chunk(int number) {
    return Tuple.from(number).pack();
  }
}
