package io.dgen.internal;

import java.util.Objects;

/**
 * Checks texts that become part of keys, since a key of the store has at most 10,000 bytes, and
 * escapes texts from outside for logs and errors.
 */
public final class Texts {

  /** The maximum length of the name of a server, in bytes of UTF-8. */
  private static final int MAX_SERVER_BYTES = 4096;

  /** The maximum length of the id of an entity, in bytes of UTF-8. */
  public static final int MAX_ID_BYTES = 4096;

  /** The maximum length of an idempotency key, in bytes of UTF-8. */
  public static final int MAX_IDEMPOTENCY_KEY_BYTES = 512;

  /** The maximum length of the key of a step, in bytes of UTF-8. */
  public static final int MAX_STEP_KEY_BYTES = 256;

  /** How many characters of a text are shown. */
  private static final int MAX_SHOWN = 200;

  private Texts() {}

  /**
   * Checks that two texts are a valid server's name and id.
   *
   * @param server the server's name
   * @param id the entity's id
   * @throws IllegalArgumentException if one of them is too long, or holds an unpaired surrogate
   */
  public static void checkEntity(String server, String id) {
    checkServer(server);
    checkId(server, Objects.requireNonNull(id, "id"));
  }

  /**
   * Checks that a text is a valid name of a server.
   *
   * @param server any text of at most 4096 bytes in UTF-8, of which the character U+0000 counts
   *     twice
   * @throws IllegalArgumentException if the text is longer, or holds an unpaired surrogate
   */
  public static void checkServer(String server) {
    check("the name of a server", Objects.requireNonNull(server, "server"), MAX_SERVER_BYTES);
  }

  /**
   * Escapes a text from outside for a line of a log or an error, so that it cannot end the line,
   * control a terminal, or fill the disk: control characters, line separators, invisible characters
   * that change how others are shown, and unpaired surrogates become <code>&#92;uXXXX</code>;
   * quotes and backslashes get a backslash; a text of more than {@value #MAX_SHOWN} characters is
   * truncated, with its length.
   *
   * @param text any text
   * @return the escaped text
   */
  public static String escaped(String text) {
    return escaped(text, MAX_SHOWN);
  }

  /**
   * Escapes a text as {@link #escaped(String)} does, with another limit.
   *
   * @param text any text
   * @param most how many of its characters are shown
   * @return the escaped text
   */
  public static String escaped(String text, int most) {
    if (text.length() <= most && isPlain(text)) {
      return text;
    }
    StringBuilder shown = new StringBuilder(Math.min(text.length(), most) + 32);
    int next = 0;
    while (next < text.length() && next < most) {
      int character = text.codePointAt(next);
      next += Character.charCount(character);
      if (character == '"' || character == '\\') {
        shown.append('\\').append((char) character);
      } else if (isHarmless(character)) {
        shown.appendCodePoint(character);
      } else {
        for (char unit : Character.toChars(character)) {
          shown.append(String.format("\\u%04X", (int) unit));
        }
      }
    }
    if (next < text.length()) {
      shown.append("... (").append(text.length()).append(" characters)");
    }
    return shown.toString();
  }

  /**
   * Escapes a text as {@link #escaped(String)} does, between quotes.
   *
   * @param text any text
   * @return the escaped text
   */
  public static String quoted(String text) {
    return '"' + escaped(text) + '"';
  }

  /**
   * Returns the beginning of a text that may be very long.
   *
   * @param text any text
   * @param length how many of its characters are kept
   * @return the text, or its beginning and three dots
   */
  public static String shortened(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length) + "...";
  }

  /** Returns whether the text has only the characters that nearly every id consists of. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit < ' ' || unit > '~' || unit == '"' || unit == '\\') {
        return false;
      }
    }
    return true;
  }

  private static boolean isHarmless(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> true;
    };
  }

  /**
   * Checks that a text is a valid id of an entity.
   *
   * @param server the entity's server
   * @param id any text of at most {@value #MAX_ID_BYTES} bytes in UTF-8
   * @throws IllegalArgumentException if the text is longer, or holds an unpaired surrogate
   */
  public static void checkId(String server, String id) {
    check("the id of an entity of " + escaped(server), id, MAX_ID_BYTES);
  }

  /**
   * Checks that a text is a valid idempotency key.
   *
   * @param server the server that the message is for
   * @param key any text of 1 to {@value #MAX_IDEMPOTENCY_KEY_BYTES} bytes in UTF-8
   * @throws IllegalArgumentException if the text is empty or longer, or holds an unpaired surrogate
   */
  public static void checkIdempotencyKey(String server, String key) {
    String what = "the idempotency key of a message to " + escaped(server);
    if (key.isEmpty()) {
      throw new IllegalArgumentException(
          what + " is empty; give each request a key of its own, such as a UUID");
    }
    check(what, key, MAX_IDEMPOTENCY_KEY_BYTES);
  }

  /**
   * Checks that a text is a valid key of a step.
   *
   * @param step the name of the step
   * @param key any text of at most {@value #MAX_STEP_KEY_BYTES} bytes in UTF-8; empty for none
   * @throws IllegalArgumentException if the text is longer, or holds an unpaired surrogate
   */
  public static void checkStepKey(String step, String key) {
    check("the key of step " + step, key, MAX_STEP_KEY_BYTES);
  }

  /**
   * Checks the length as it will be in the key, where U+0000 takes two bytes, and the surrogates.
   */
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
                + ", which is not a character; give valid text");
      }
      if (bytes > most) {
        throw new IllegalArgumentException(
            what
                + " must have at most "
                + most
                + " bytes in UTF-8; found one of "
                + text.length()
                + " characters that begins with \""
                + escaped(text.substring(0, Math.min(50, text.length())))
                + "\"; use a shorter one, such as a hash of this one");
      }
    }
  }
}
