package io.dgen.generated.codec;

import io.dgen.codec.CodecException;
import java.util.IllformedLocaleException;
import java.util.Locale;

/** The text form of locales: BCP 47 language tags. */
final class Locales {

  private Locales() {}

  /**
   * Returns the language tag of a locale.
   *
   * @throws CodecException if the tag does not say all of it: {@link Locale} has constructors that
   *     accept anything, and leaves out of the tag what is not well-formed
   */
  static String tag(Locale locale) {
    String tag = locale.toLanguageTag();
    if (!Locale.forLanguageTag(tag).equals(locale)) {
      throw new CodecException(
          "the locale "
              + locale
              + " cannot be stored: its language tag "
              + tag
              + " says less; make it with Locale.forLanguageTag or Locale.Builder");
    }
    return tag;
  }

  /**
   * Returns the locale of a language tag.
   *
   * @throws IllformedLocaleException if it is not well-formed
   */
  static Locale of(String tag) {
    if (tag.isEmpty()) {
      throw new IllformedLocaleException("an empty tag");
    }
    // The builder refuses what forLanguageTag ignores.
    var unused = new Locale.Builder().setLanguageTag(tag).build();
    return Locale.forLanguageTag(tag);
  }
}
