package io.dgen.store.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dgen.store.Keys;
import java.util.Locale;

/**
 * Gives names the shapes of the engine's keys, in the order of the names: the embedded store keeps
 * keys apart by their shape, and nothing that a transaction does may show it.
 */
final class KeyShapes {

  private static final byte INTEGER = 0x15;
  private static final int LAST = 9;

  private KeyShapes() {}

  /** A number as text, so that a prefix with it is still one. */
  static byte[] number(long number) {
    return String.format(Locale.ROOT, "%016x", number).getBytes(UTF_8);
  }

  /** The name behind the tuple's code for a small integer: 1, 3, 4 and 8 are what is kept apart. */
  static byte[] key(String name) {
    int element = Math.clamp(name.charAt(0) - 'a' + 1L, 0, LAST - 1);
    return Keys.join(
        new byte[] {INTEGER, (byte) (name.charAt(0) > 'z' ? LAST : element)}, name.getBytes(UTF_8));
  }
}
