package io.dgen.spi;

/** Checks the texts that become part of keys: a key of the store has 10,000 bytes at most. */
final class Texts {

  private Texts() {}

  static void checkId(String server, String id) {
    check("the id of an entity of " + server, id, EntityRef.MAX_ID_BYTES);
  }

  static void checkIdempotencyKey(String server, String key) {
    String what = "the idempotency key of a message to " + server;
    if (key.isEmpty()) {
      throw new IllegalArgumentException(
          what + " is empty; give each request a key of its own, such as a UUID");
    }
    check(what, key, EntityRef.MAX_IDEMPOTENCY_KEY_BYTES);
  }

  /** Counts the bytes as they will be in the key, where U+0000 takes two. */
  private static void check(String what, String text, int most) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == 0) {
        bytes += 2;
      } else if (unit < 0x80) {
        bytes++;
      } else if (unit < 0x800) {
        bytes += 2;
      } else if (!Character.isSurrogate(unit)) {
        bytes += 3;
      } else if (Character.isHighSurrogate(unit)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        bytes += 4;
        i++;
      } else {
        throw new IllegalArgumentException(
            what
                + " has an unpaired surrogate at index "
                + i
                + ", which is no character; give valid text");
      }
      if (bytes > most) {
        throw new IllegalArgumentException(
            what
                + " has at most "
                + most
                + " bytes in UTF-8; found one of "
                + text.length()
                + " characters that begins with \""
                + text.substring(0, Math.min(50, text.length()))
                + "\"; use a shorter one, such as a hash of this one");
      }
    }
  }
}
