package io.dgen.internal.engine;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import io.dgen.internal.engine.Activations.Address;
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

/**
 * Idempotency records in the store: below their entity by key, and once more, as a key without a
 * value, below its shard by the version at which they expire, so that they are found then without
 * reading any other. Versions of the store are the clock that all nodes share. Thread-safe.
 */
final class DoneRecords {

  /** How many records one transaction clears. */
  private static final int SWEEP_PAGE = 100;

  private static final byte[] EMPTY = {};

  private final KeyLayout layout;
  private final Environment environment;
  private final Duration retention;

  DoneRecords(KeyLayout layout, Environment environment, Duration retention) {
    this.layout = layout;
    this.environment = environment;
    this.retention = retention;
  }

  /** When a record that is made now expires. */
  long expiry(ReadTransaction reads) throws InterruptedException {
    long version = environment.await(reads.getReadVersion());
    long micros;
    try {
      micros = retention.toNanos() / 1000;
    } catch (ArithmeticException e) {
      micros = Long.MAX_VALUE; // Beyond 292 years: never.
    }
    return micros > Long.MAX_VALUE - 1 - version ? Long.MAX_VALUE - 1 : version + micros;
  }

  /** Begins to read a record, with a conflict: it is made and changed by writing its first key. */
  CompletableFuture<byte @Nullable []> begin(Transaction reads, Address address, String key) {
    return reads.get(Keys.join(prefix(address, key), chunk(0)));
  }

  /**
   * Reads a record to its end.
   *
   * @param first what {@link #begin} gave
   * @return the record, expired or not; null if there is none
   */
  @Nullable DoneRecord read(Transaction reads, Address address, String key, byte @Nullable [] first)
      throws InterruptedException {
    if (first == null) {
      return null;
    }
    int count = DoneRecord.chunkCount(first);
    if (count == 1) {
      return DoneRecord.decode(first);
    }
    byte[] prefix = prefix(address, key);
    List<KeyValue> rows = environment.await(reads.snapshot().getRange(prefix, behind(prefix), 0));
    if (rows.size() != count) {
      throw new CodecException(
          "the idempotency record \"" + key + "\" of " + address + " lacks chunks");
    }
    return DoneRecord.decode(Keys.join(rows.stream().map(KeyValue::value).toArray(byte[][]::new)));
  }

  /** Whether a record counts no more. */
  boolean isExpired(ReadTransaction reads, DoneRecord record) throws InterruptedException {
    return record.expiry() <= environment.await(reads.getReadVersion());
  }

  /**
   * Writes a record.
   *
   * @param before what is stored under the key; null if nothing
   */
  void write(
      Transaction transaction,
      Address address,
      String key,
      @Nullable DoneRecord before,
      DoneRecord record) {
    byte[] prefix = prefix(address, key);
    if (before != null) {
      transaction.clear(prefix, behind(prefix));
      transaction.clear(expiryKey(address, key, before.expiry()));
    }
    List<byte[]> chunks = record.chunks();
    for (int i = 0; i < chunks.size(); i++) {
      transaction.set(Keys.join(prefix, chunk(i)), chunks.get(i));
    }
    transaction.set(expiryKey(address, key, record.expiry()), EMPTY);
  }

  /** Begins to read which record of a shard expires first. */
  CompletableFuture<List<KeyValue>> first(ReadTransaction reads, String server, int shard) {
    byte[] prefix = layout.expiryPrefix(server, shard);
    return reads.getRange(prefix, Keys.prefixEnd(prefix), 1);
  }

  /** The version at which the record of an expiry key expires. */
  long expiryOf(String server, int shard, byte[] key) {
    return tuple(layout.expiryPrefix(server, shard), key).getLong(0);
  }

  /**
   * Clears records of a shard that have expired. May be repeated.
   *
   * @return whether there may be more
   */
  boolean sweep(Transaction transaction, String server, int shard) throws InterruptedException {
    byte[] prefix = layout.expiryPrefix(server, shard);
    long version = environment.await(transaction.getReadVersion());
    List<KeyValue> rows =
        environment.await(
            transaction
                .snapshot()
                .getRange(prefix, Keys.join(prefix, Tuple.from(version + 1).pack()), SWEEP_PAGE));
    List<CompletableFuture<byte @Nullable []>> firsts = new ArrayList<>(rows.size());
    for (KeyValue row : rows) {
      Tuple tuple = tuple(prefix, row.key());
      firsts.add(begin(transaction, new Address(server, tuple.getString(1)), tuple.getString(2)));
    }
    for (int i = 0; i < rows.size(); i++) {
      byte[] first = environment.await(firsts.get(i));
      transaction.clear(rows.get(i).key());
      // A kill may have cleared it since, or a later attempt made it anew.
      if (first != null && DoneRecord.isExpired(first, version)) {
        Tuple tuple = tuple(prefix, rows.get(i).key());
        byte[] record = prefix(new Address(server, tuple.getString(1)), tuple.getString(2));
        transaction.clear(record, behind(record));
      }
    }
    return rows.size() == SWEEP_PAGE;
  }

  private static Tuple tuple(byte[] prefix, byte[] key) {
    return Tuple.fromBytes(key, prefix.length, key.length - prefix.length);
  }

  private byte[] prefix(Address address, String key) {
    return Keys.join(layout.entity(address.server(), address.id()).done(), Tuple.from(key).pack());
  }

  /** What goes on with 0xFF is the record of a longer key: "k" and "k\0". */
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
