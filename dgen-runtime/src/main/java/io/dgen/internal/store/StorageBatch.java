package io.dgen.internal.store;

import org.jspecify.annotations.Nullable;

/** Writes that become durable atomically. Used by one thread. */
public interface StorageBatch extends AutoCloseable {

  /**
   * Reads a key through the batch's writes so far.
   *
   * @param key the key
   * @return its value, not to be changed; null if there is none
   */
  byte @Nullable [] get(byte[] key);

  /**
   * Sets a key.
   *
   * @param key the key
   * @param value the value
   */
  void put(byte[] key, byte[] value);

  /**
   * Removes a key.
   *
   * @param key the key
   */
  void delete(byte[] key);

  /**
   * Removes a range of keys.
   *
   * @param begin the first key
   * @param end the key to stop before
   */
  void deleteRange(byte[] begin, byte[] end);

  /**
   * Writes the batch. Returns when it is durable.
   *
   * @param versionCeiling no version above it has been given out; durable with the writes
   */
  void commit(long versionCeiling);

  /** Releases the batch's resources; writes that were not committed are dropped. */
  @Override
  void close();
}
