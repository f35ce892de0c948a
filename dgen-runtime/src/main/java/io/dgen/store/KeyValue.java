package io.dgen.store;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A key and its value. The arrays are not copied: treat them as read-only. */
public final class KeyValue {

  private final byte[] key;
  private final byte[] value;

  /**
   * Creates a pair.
   *
   * @param key the key
   * @param value the value
   */
  public KeyValue(byte[] key, byte[] value) {
    this.key = key;
    this.value = value;
  }

  /**
   * Returns the key.
   *
   * @return the key, not a copy
   */
  public byte[] key() {
    return key;
  }

  /**
   * Returns the value.
   *
   * @return the value, not a copy
   */
  public byte[] value() {
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof KeyValue that
        && Arrays.equals(key, that.key)
        && Arrays.equals(value, that.value);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(key) + Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return Keys.printable(key) + " = " + Keys.printable(value);
  }
}
