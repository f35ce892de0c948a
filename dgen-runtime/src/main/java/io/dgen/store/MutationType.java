package io.dgen.store;

/**
 * The atomic mutations. They read nothing, so they never conflict with each other.
 *
 * @see <a href="https://apple.github.io/foundationdb/api-general.html">FoundationDB, atomic
 *     operations</a>
 */
public enum MutationType {
  /**
   * Adds two little-endian integers of the operand's width. A missing value is zero, a shorter one
   * is extended with zero bytes, a longer one is cut; overflow wraps around.
   */
  ADD,

  /**
   * Sets a key with the transaction's versionstamp in it. The last four bytes of the given key are
   * a little-endian offset and are removed; the ten bytes at that offset become the versionstamp.
   * The limit of keys counts the four bytes too.
   */
  SET_VERSIONSTAMPED_KEY,

  /**
   * Sets a value with the transaction's versionstamp in it. The last four bytes of the given value
   * are a little-endian offset and are removed; the ten bytes at that offset become the
   * versionstamp. The limit of values counts the four bytes too.
   */
  SET_VERSIONSTAMPED_VALUE
}
