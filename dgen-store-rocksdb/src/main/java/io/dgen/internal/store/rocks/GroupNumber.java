package io.dgen.internal.store.rocks;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The keys that number each group, after the last key of users.
 *
 * @param ceiling the version that was made durable with the last group
 * @param last the number of the last group
 * @param count how many groups there are in each column family. Each group increments both. It
 *     equals the number of the last group unless groups are lost, in the middle or in one family
 *     only, which RocksDB itself does not always detect: it accepts a manifest that was cut short.
 *     If the count of one family differs from the last group's number, this is that count
 */
record GroupNumber(long ceiling, long last, long count) {

  private static final byte[] LAST_KEY = systemKey("last-group");
  private static final byte[] COUNT_KEY = systemKey("group-count");
  private static final byte[] ONE = {1, 0, 0, 0, 0, 0, 0, 0};

  /** RocksDB's marks for a value and for a merge operand. */
  private static final byte VALUE = 1;

  private static final byte MERGE = 2;

  /** The length of the two entries of the first family with which each group ends in the log. */
  static final int ENTRIES_BYTES =
      3 + LAST_KEY.length + 2 * Long.BYTES + 3 + COUNT_KEY.length + ONE.length;

  /** Reads the numbers of a database. */
  static GroupNumber read(Families families) throws RocksDBException {
    byte[] stored = families.database().get(LAST_KEY);
    long ceiling = stored == null ? 0 : ByteBuffer.wrap(stored).getLong();
    long last = stored == null ? 0 : ByteBuffer.wrap(stored).getLong(Long.BYTES);
    long count = last;
    for (ColumnFamilyHandle family : families.all()) {
      long here = count(families.database().get(family, COUNT_KEY));
      count = here == last ? count : here;
    }
    return new GroupNumber(ceiling, last, count);
  }

  private static long count(byte @Nullable [] stored) {
    return stored == null ? 0 : ByteBuffer.wrap(stored).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }

  /** Returns whether no group is lost, as far as both families show. */
  boolean isContiguous() {
    return last == count;
  }

  /** Numbers a group: the last entries of its batch. */
  static void put(WriteBatch batch, Families families, long ceiling, long number)
      throws RocksDBException {
    batch.merge(families.handle(Family.PASSING), COUNT_KEY, ONE);
    batch.put(LAST_KEY, value(ceiling, number));
    batch.merge(COUNT_KEY, ONE);
  }

  /** Returns the number that a batch in the log ends with; 0 if it ends with anything else. */
  static long atEndOf(byte @Nullable [] tail) {
    if (tail == null || tail.length != ENTRIES_BYTES) {
      return 0;
    }
    int valueAt = 3 + LAST_KEY.length;
    ByteBuffer bytes = ByteBuffer.wrap(tail);
    long ceiling = bytes.getLong(valueAt);
    long number = bytes.getLong(valueAt + Long.BYTES);
    return Arrays.equals(tail, entries(ceiling, number)) ? number : 0;
  }

  /**
   * Returns the two entries in RocksDB's format. All lengths are below 128, so each takes one byte.
   */
  private static byte[] entries(long ceiling, long number) {
    return ByteBuffer.allocate(ENTRIES_BYTES)
        .put(VALUE)
        .put((byte) LAST_KEY.length)
        .put(LAST_KEY)
        .put((byte) (2 * Long.BYTES))
        .put(value(ceiling, number))
        .put(MERGE)
        .put((byte) COUNT_KEY.length)
        .put(COUNT_KEY)
        .put((byte) ONE.length)
        .put(ONE)
        .array();
  }

  private static byte[] value(long ceiling, long number) {
    return ByteBuffer.allocate(2 * Long.BYTES).putLong(ceiling).putLong(number).array();
  }

  private static byte[] systemKey(String name) {
    byte[] ascii = name.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(1 + ascii.length).put((byte) 0xFF).put(ascii).array();
  }
}
