package io.dgen.internal.overlay;

import io.dgen.store.Keys;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.util.Arrays;

/** FoundationDB's limits, for both stores. */
public final class StoreLimits {

  public static final int KEY_SIZE = 10_000;
  public static final int VALUE_SIZE = 100_000;
  public static final long TRANSACTION_SIZE = 10_000_000;
  public static final int WATCHES = 10_000;

  /**
   * What FoundationDB's client counts for each mutation in addition to its key and value: its
   * memory overhead. Measured with release 7.3.
   */
  public static final int MUTATION_OVERHEAD = 44;

  /** The same for each conflict range, in addition to its begin and end. */
  public static final int RANGE_OVERHEAD = 24;

  /** How old a read version may be: five seconds. */
  public static final long READ_WINDOW_VERSIONS = 5_000_000;

  /** The first key that users may not use. */
  static final byte[] KEYS_END = {(byte) 0xFF};

  private StoreLimits() {}

  /** Checks that a key can be written. */
  public static void checkWritable(byte[] key) {
    if (key.length > KEY_SIZE) {
      throw new StoreException(
          StoreError.KEY_TOO_LARGE,
          "the key " + start(key) + " has " + key.length + " bytes; at most 10,000 are allowed",
          null);
    }
    checkKey(key);
  }

  /** Checks that users may use a key. */
  public static void checkKey(byte[] key) {
    if (key.length > 0 && key[0] == (byte) 0xFF) {
      throw new StoreException(
          StoreError.KEY_OUTSIDE_LEGAL_RANGE,
          "the key " + start(key) + " is not below \\xff, where users' keys end",
          null);
    }
  }

  /** Checks that a bound of a range is within the keys of users. */
  public static void checkBound(byte[] key) {
    if (!Arrays.equals(key, KEYS_END)) {
      checkKey(key);
    }
  }

  /** Checks that a range does not end before it begins. */
  public static void checkRange(byte[] begin, byte[] end) {
    checkBound(begin);
    checkBound(end);
    if (Arrays.compareUnsigned(begin, end) > 0) {
      throw new StoreException(
          StoreError.INVERTED_RANGE,
          "the range ends at " + start(end) + ", before it begins at " + start(begin),
          null);
    }
  }

  /** Checks that a value is not too large. */
  public static void checkValue(byte[] key, int size) {
    if (size > VALUE_SIZE) {
      throw new StoreException(
          StoreError.VALUE_TOO_LARGE,
          "the value of the key "
              + start(key)
              + " has "
              + size
              + " bytes; at most 100,000 are allowed",
          null);
    }
  }

  /** Checks that a transaction is not too large. */
  public static void checkTransaction(long size) {
    if (size > TRANSACTION_SIZE) {
      throw new StoreException(
          StoreError.TRANSACTION_TOO_LARGE,
          "the transaction has "
              + size
              + " bytes of keys, values and conflict ranges; at most 10,000,000 are allowed:"
              + " write in several transactions",
          null);
    }
  }

  private static String start(byte[] key) {
    return key.length <= 64 ? Keys.printable(key) : Keys.printable(Arrays.copyOf(key, 64)) + "...";
  }
}
