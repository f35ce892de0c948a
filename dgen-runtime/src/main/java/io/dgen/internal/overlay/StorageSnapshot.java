package io.dgen.internal.overlay;

import org.jspecify.annotations.Nullable;

/** The content of the storage at one moment. Safe for use by several threads until it is closed. */
public interface StorageSnapshot extends AutoCloseable {

  /**
   * Reads one key.
   *
   * @param key the key
   * @return its value, not to be changed; null if there is none
   */
  byte @Nullable [] get(byte[] key);

  /**
   * Iterates over a range. The cursor starts at its first key in its direction, if there is one.
   *
   * @param begin the first key
   * @param end the key to stop before
   * @param reverse whether to start from the end
   * @return a cursor to be closed before the snapshot is
   */
  StorageCursor cursor(byte[] begin, byte[] end, boolean reverse);

  @Override
  void close();
}
