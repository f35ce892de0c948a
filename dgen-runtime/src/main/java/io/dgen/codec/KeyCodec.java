package io.dgen.codec;

import org.jspecify.annotations.Nullable;

/** A codec of a type whose values can be the keys of a CBOR map. */
abstract class KeyCodec<K> extends ScalarCodec<K> {

  /** Whether a key can be one: null, for one, cannot. */
  boolean isName(@Nullable K key) {
    return key != null;
  }

  /** Writes a key for which {@link #isName} holds. */
  abstract void putName(TermWriter out, K key);

  /**
   * Makes a key of what {@link #putName} wrote.
   *
   * @throws RuntimeException if the name is no such key
   */
  abstract K fromName(TermReader in, String name);
}
