package io.dgen.internal.store;

/**
 * Walks the keys of a snapshot in one direction, inside the bounds it was made with. Used by one
 * thread at a time.
 */
public interface StorageCursor extends AutoCloseable {

  /**
   * Returns whether the cursor stands on a key.
   *
   * @return false behind the last key of its direction
   */
  boolean isValid();

  /**
   * Returns the key that the cursor stands on.
   *
   * @return the key, not to be changed
   */
  byte[] key();

  /**
   * Returns the value of the key that the cursor stands on.
   *
   * @return the value, not to be changed
   */
  byte[] value();

  /** Moves one key on. */
  void next();

  /**
   * Jumps over keys: a forward cursor to the first key that is not less than the bound, a reverse
   * one to the last key that is less than it.
   *
   * @param bound where to, inside the cursor's own bounds
   */
  void skipTo(byte[] bound);

  @Override
  void close();
}
