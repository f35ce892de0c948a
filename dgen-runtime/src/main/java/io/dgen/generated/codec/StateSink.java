package io.dgen.generated.codec;

/**
 * The destination of a {@link StateCodec}'s writes. Paths are key suffixes below the entity's state
 * prefix.
 */
public interface StateSink {

  /**
   * Sets a key.
   *
   * @param path the key below the state prefix
   * @param value its value, at most 100,000 bytes
   */
  void set(byte[] path, byte[] value);

  /**
   * Clears every key that starts with a path, including the path itself.
   *
   * @param path the prefix below the state prefix
   */
  void clearAll(byte[] path);
}
