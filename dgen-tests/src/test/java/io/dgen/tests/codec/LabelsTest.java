package io.dgen.tests.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.Dgen;
import io.dgen.codec.CodecException;
import io.dgen.codec.TermCodec;
import io.dgen.generated.codec.TermCodecs;
import io.dgen.internal.term.Terms;
import io.dgen.store.memory.MemoryStore;
import io.dgen.tests.codec.Labels.Label;
import io.dgen.tests.codec.Labels.State;
import java.net.URI;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** URIs, currencies and locales. */
class LabelsTest {

  private static final List<URI> URIS =
      List.of(
          URI.create(""),
          URI.create("HTTP://Example.org:80/a%20b?q=1#f"),
          URI.create("urn:isbn:096139210x"),
          URI.create("mailto:a@b"),
          URI.create("../relative/é"),
          URI.create("http://[::1]/"));

  @Test
  void comeBackFromAState() {
    State state =
        new State(
            new Label(URIS.get(1), Currency.getInstance("JPY"), Locale.GERMANY),
            URIS,
            Map.of(Currency.getInstance("CHF"), 7L),
            Map.of(Locale.ROOT, "anything", Locale.forLanguageTag("sr-Latn-RS"), "srpski"),
            Optional.of(Locale.forLanguageTag("zh-Hant-TW-u-ca-roc-x-own")),
            URI.create("a:b"),
            Currency.getInstance("EUR"),
            Locale.JAPAN);
    try (Dgen dgen = Dgen.open(MemoryStore.open())) {
      dgen.host(LabelsServer.of());
      LabelsClient labels = LabelsClient.of(dgen, "l");
      labels.put(state);
      assertThat(labels.get()).isEqualTo(state).hasToString(state.toString());
      assertThat(labels.entity().stateAsJson())
          .contains("\"HTTP://Example.org:80/a%20b?q=1#f\"", "\"JPY\"", "\"de-DE\"");
    }
    MemoryState stored = MemoryState.of(LabelsCodec.STATES, state);
    assertThat(stored.read(LabelsCodec.STATES)).isEqualTo(state);
  }

  @Test
  void haveDefaults() {
    State state =
        new State(
            new Label(null, null, null),
            List.of(),
            Map.of(),
            Map.of(),
            Optional.empty(),
            URI.create("a:b"),
            Currency.getInstance("JPY"),
            Locale.FRENCH);
    MemoryState stored = MemoryState.of(LabelsCodec.STATES, state);
    for (String component : List.of("home", "money", "language")) {
      stored.clearAll(Tuple.from(component).pack());
    }
    State read = stored.read(LabelsCodec.STATES);
    assertThat(read.home()).isEqualTo(URI.create("https://example.org/"));
    assertThat(read.money()).isEqualTo(Currency.getInstance("EUR"));
    assertThat(read.language()).isEqualTo(Locale.forLanguageTag("de-CH"));
  }

  @Test
  void keepTheTextOfAUri() {
    for (URI uri : URIS) {
      assertThat(roundTrip(TermCodecs.URI, uri)).isEqualTo(uri).hasToString(uri.toString());
    }
  }

  @Test
  void everyCurrencyAndLocaleOfTheJdkComesBack() {
    for (Currency currency : Currency.getAvailableCurrencies()) {
      assertThat(roundTrip(TermCodecs.CURRENCY, currency)).isSameAs(currency);
    }
    // Some have a variant that is not well-formed, such as ja_JP_JP, and their tags say it. That of
    // no_NO_NY, for Nynorsk in the days before nn_NO, does not.
    for (Locale locale : Locale.getAvailableLocales()) {
      if (locale.equals(Locale.of("no", "NO", "NY"))) {
        continue;
      }
      assertThat(roundTrip(TermCodecs.LOCALE, locale)).isEqualTo(locale);
    }
  }

  @Test
  void aLocaleThatIsNotWellFormedIsRefusedWhenItIsWritten() {
    for (Locale odd : List.of(Locale.of("de", "", "no such"), Locale.of("no", "NO", "NY"))) {
      assertThatThrownBy(() -> Terms.encode(TermCodecs.LOCALE, odd))
          .isInstanceOf(CodecException.class)
          .hasMessageContaining("the locale " + odd + " cannot be stored")
          .hasMessageContaining("Locale.Builder");
    }
  }

  @Test
  void whatIsNoneOfThemIsRefusedWhenItIsRead() {
    assertRefused(TermCodecs.URI, "a URI", "a b", "http://[", "%", ":", "http://h:x y/", "\u0000");
    assertRefused(TermCodecs.CURRENCY, "a currency", "", "eur", "EURO", "XYZ1", "E U", "€");
    assertRefused(
        TermCodecs.LOCALE, "a language tag", "", "-", "de_CH", "d", "de-", "de--CH", "x", "de-ü");
    for (TermCodec<?> codec : List.of(TermCodecs.URI, TermCodecs.CURRENCY, TermCodecs.LOCALE)) {
      byte[] number = Terms.encode(TermCodecs.LONG, 7L);
      assertThatThrownBy(() -> Terms.decode(number, codec))
          .isInstanceOf(CodecException.class)
          .hasMessageContaining("expected a string");
      assertThatThrownBy(() -> Terms.decode(new byte[0], codec)).isInstanceOf(CodecException.class);
    }
  }

  private static void assertRefused(TermCodec<?> codec, String type, String... texts) {
    for (String text : texts) {
      byte[] term = Terms.encode(TermCodecs.STRING, text);
      assertThatThrownBy(() -> Terms.decode(term, codec))
          .as(text)
          .isInstanceOf(CodecException.class)
          .hasMessageContaining("expected " + type + ", found \"" + text + "\"");
    }
  }

  /** Random bytes, and texts that are nearly right: read and stable, or refused with a place. */
  @Test
  void damagedTermsAreReadOrRefused() {
    Random random = new Random(20_261_129);
    List<String> seeds = List.of("http://example.org/a?b#c", "EUR", "de-Latn-CH-u-co-phonebk");
    for (int round = 0; round < 3_000; round++) {
      byte[] term = Terms.encode(TermCodecs.STRING, seeds.get(round % seeds.size()));
      for (int change = random.nextInt(3); change >= 0; change--) {
        term[random.nextInt(term.length)] = (byte) random.nextInt(256);
      }
      byte[] damaged = Arrays.copyOf(term, term.length - random.nextInt(2));
      readOrRefused(TermCodecs.URI, damaged);
      readOrRefused(TermCodecs.CURRENCY, damaged);
      readOrRefused(TermCodecs.LOCALE, damaged);
    }
  }

  private static <T> void readOrRefused(TermCodec<T> codec, byte[] term) {
    T value;
    try {
      value = Terms.decode(term, codec);
    } catch (CodecException e) {
      assertThat(e.path()).isPresent();
      return;
    }
    assertThat(value == null ? null : roundTrip(codec, value)).isEqualTo(value);
  }

  private static <T> T roundTrip(TermCodec<T> codec, T value) {
    return Objects.requireNonNull(Terms.decode(Terms.encode(codec, value), codec));
  }
}
