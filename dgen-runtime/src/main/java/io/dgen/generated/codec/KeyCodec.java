package io.dgen.generated.codec;

import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** The codec of a type whose values can be the keys of a CBOR map, or part of a state's keys. */
abstract class KeyCodec<K> extends ScalarCodec<K> {

  /**
   * The longest string in a key of a state, in bytes: such a key has 10,000 bytes for all its
   * elements.
   */
  static final int MAX_ELEMENT_BYTES = 1_000;

  /** Orders strings by code point, which is the order of their bytes. */
  static final Comparator<String> STRINGS =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  /** Returns whether a value can be the key of a CBOR map: null, for example, cannot. */
  boolean isName(@Nullable K key) {
    return key != null;
  }

  /** Writes a key for which {@link #isName} holds. */
  abstract void putName(TermWriter out, K key);

  /**
   * Reads a key that {@link #putName} wrote.
   *
   * @throws RuntimeException if the name is not such a key
   */
  abstract K fromName(TermReader in, String name);

  /** Returns whether a value can be part of a state's key. */
  boolean isElement(@Nullable K key) {
    return isName(key);
  }

  /**
   * Returns the tuple element of a key for which {@link #isElement} holds: String, Long or UUID.
   */
  abstract Object element(K key);

  /**
   * Returns the key of a tuple element.
   *
   * @throws RuntimeException if the element is not such a key
   */
  abstract K fromElement(Object element);

  /** Returns the order in which the store sorts the elements. */
  abstract Comparator<K> order();

  /** Returns whether a string is short enough for a state's key. */
  static boolean isShort(String text) {
    return text.length() <= MAX_ELEMENT_BYTES / 3
        || text.getBytes(StandardCharsets.UTF_8).length <= MAX_ELEMENT_BYTES;
  }
}
