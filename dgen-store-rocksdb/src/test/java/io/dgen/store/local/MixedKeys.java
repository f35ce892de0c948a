package io.dgen.store.local;

import io.dgen.store.Keys;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Numbered keys, in the order of their numbers, with the shapes of the engine's: every second one
 * is a ready key, which the embedded store keeps apart from the others.
 */
final class MixedKeys {

  private static final byte INTEGER = 0x15;
  private static final byte READY = 1;
  private static final byte BUMP = 2;

  private MixedKeys() {}

  static byte[] key(long number) {
    byte[] root = String.format(Locale.ROOT, "%016x", number).getBytes(StandardCharsets.US_ASCII);
    return Keys.join(root, new byte[] {INTEGER, number % 2 == 0 ? READY : BUMP});
  }
}
