package io.dgen.generated.codec;

import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** A codec of a type whose values can be the keys of a CBOR map, or be in the keys of a state. */
abstract class KeyCodec<K> extends ScalarCodec<K> {

  /** The longest string in a key of a state: such a key has 10,000 bytes for all its elements. */
  static final int MAX_ELEMENT_BYTES = 1_000;

  /** By code points, which is the order of their bytes. */
  static final Comparator<String> STRINGS =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

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

  /** Whether a key can be in a state's key. */
  boolean isElement(@Nullable K key) {
    return isName(key);
  }

  /** The tuple element of a key for which {@link #isElement} holds: String, Long or UUID. */
  abstract Object element(K key);

  /**
   * Makes a key of its tuple element.
   *
   * @throws RuntimeException if the element is no such key
   */
  abstract K fromElement(Object element);

  /** The order of the elements in the store. */
  abstract Comparator<K> order();

  /** Whether a string is not too long for a state's key. */
  static boolean isShort(String text) {
    return text.length() <= MAX_ELEMENT_BYTES / 3
        || text.getBytes(StandardCharsets.UTF_8).length <= MAX_ELEMENT_BYTES;
  }
}
