package io.dgen.store;

/**
 * The types of atomic mutation. They read nothing, so they never conflict with each other.
 *
 * @see <a href="https://apple.github.io/foundationdb/api-general.html">FoundationDB, atomic
 *     operations</a>
 */
public enum MutationType {
  /**
   * Adds two little-endian integers of the operand's width. A missing value is zero, a shorter one
   * is extended with zero bytes, a longer one is truncated; overflow wraps around.
   */
  ADD,

  /**
   * Sets a key that contains the transaction's versionstamp. The last four bytes of the given key
   * are a little-endian offset and are removed; the ten bytes at that offset become the
   * versionstamp. The four bytes count towards the size limit of keys.
   */
  SET_VERSIONSTAMPED_KEY,

  /**
   * Sets a value that contains the transaction's versionstamp. The last four bytes of the given
   * value are a little-endian offset and are removed; the ten bytes at that offset become the
   * versionstamp. The four bytes count towards the size limit of values.
   */
  SET_VERSIONSTAMPED_VALUE
}
