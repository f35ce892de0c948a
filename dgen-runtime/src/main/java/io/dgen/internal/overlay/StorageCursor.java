package io.dgen.internal.overlay;

/**
 * Iterates over the keys of a snapshot in one direction, within the bounds it was created with.
 * Used by one thread at a time.
 */
public interface StorageCursor extends AutoCloseable {

  /**
   * Returns whether the cursor is at a key.
   *
   * @return false after the last key in its direction
   */
  boolean isValid();

  /**
   * Returns the key that the cursor is at.
   *
   * @return the key, not to be changed
   */
  byte[] key();

  /**
   * Returns the value of the key that the cursor is at.
   *
   * @return the value, not to be changed
   */
  byte[] value();

  /** Moves to the next key. */
  void next();

  /**
   * Skips keys: moves a forward cursor to the first key that is not less than the bound, a reverse
   * one to the last key that is less than it.
   *
   * @param bound the bound, within the cursor's own bounds
   */
  void skipTo(byte[] bound);

  @Override
  void close();
}
