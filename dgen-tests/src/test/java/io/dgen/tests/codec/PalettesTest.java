package io.dgen.tests.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.codec.CodecException;
import io.dgen.codec.TermCodec;
import io.dgen.generated.codec.StateCodec;
import io.dgen.generated.codec.StateSource;
import io.dgen.generated.codec.TermCodecs;
import io.dgen.internal.term.Terms;
import io.dgen.store.KeyValue;
import io.dgen.tests.codec.Palettes.Color;
import io.dgen.tests.codec.Palettes.Earlier;
import io.dgen.tests.codec.Palettes.Later;
import io.dgen.tests.codec.Palettes.Names;
import io.dgen.tests.codec.Palettes.Part;
import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sets and maps of enums that can be changed in place; URIs, currencies and locales in a state. */
class PalettesTest {

  private static final StateCodec<Earlier.State> EARLIER = Palettes_EarlierCodec.STATES;
  private static final StateCodec<Later.State> LATER = Palettes_LaterCodec.STATES;
  private static final Currency EUR = Currency.getInstance("EUR");

  private static final TermCodec<Color> COLORS = TermCodecs.enums("Color", Color.values());
  private static final TermCodec<EnumSet<Color>> SETS = TermCodecs.enumSet(Color.class, COLORS);
  private static final TermCodec<EnumMap<Color, Long>> MAPS =
      TermCodecs.enumMap(Color.class, COLORS, TermCodecs.LONG);

  private static final Names NAMES =
      new Names(
          URI.create("https://example.com/a?b=%20#c"),
          EUR,
          Locale.CANADA_FRENCH,
          List.of(URI.create(""), URI.create("mailto:a@example.com"), URI.create("/\u00e9")),
          Map.of(EUR, BigDecimal.ONE),
          Map.of(Locale.ROOT, "root"));

  private static final Part PART = new Part(1, "one");

  private static Later.State later() {
    EnumMap<Color, @Nullable Long> map = new EnumMap<>(Color.class);
    map.put(Color.BLUE, 1L);
    map.put(Color.RED, null);
    return new Later.State(
        NAMES,
        new Later.Colors(
            EnumSet.of(Color.BLUE, Color.RED),
            map,
            map(Color.RED, PART, Color.BLUE, new Part(2, "two")),
            map(Color.GREEN, List.of(PART, new Part(3, "three")), Color.BLUE, List.of()),
            map(Color.RED, map(Color.BLUE, 1L, Color.GREEN, 2L), Color.BLUE, none()),
            Optional.of(EnumSet.of(Color.GREEN)),
            Map.of("none", EnumSet.noneOf(Color.class)),
            Set.of(EnumSet.allOf(Color.class))));
  }

  /** The same values, in the collections that a component had before. */
  private static Earlier.State earlier() {
    Later.Colors colors = later().colors();
    return new Earlier.State(
        NAMES,
        new Earlier.Colors(
            colors.set(),
            colors.map(),
            colors.term(),
            colors.parts(),
            new LinkedHashMap<>(colors.nested()),
            Optional.of(colors.maybe().orElseThrow()),
            new LinkedHashMap<>(colors.byName()),
            Set.of(EnumSet.allOf(Color.class))));
  }

  private static Later.State nothing() {
    return new Later.State(
        new Names(null, null, null, List.of(), Map.of(), Map.of()),
        new Later.Colors(null, null, none(), none(), none(), Optional.empty(), Map.of(), Set.of()));
  }

  private static <V> EnumMap<Color, V> none() {
    return new EnumMap<>(Color.class);
  }

  private static <V> EnumMap<Color, V> map(Color first, V one, Color second, V other) {
    EnumMap<Color, V> map = none();
    map.put(first, one);
    map.put(second, other);
    return map;
  }

  private static Later.State roundTrip(Later.State state) {
    Later.State frozen = LATER.freeze(null, state);
    MemoryState memory = MemoryState.of(LATER, frozen);
    StateSource source = memory.source();
    Later.State read = LATER.read(source);
    assertThat(source.isOutdated()).isFalse();
    assertThat(memory.write(LATER, frozen, read)).isEmpty();
    assertThat(MemoryState.of(LATER, read)).isEqualTo(memory);
    return read;
  }

  @Test
  void comesBack() {
    assertThat(roundTrip(later())).isEqualTo(later());
    assertThat(roundTrip(nothing())).isEqualTo(nothing());
  }

  @Test
  void messagesAndRepliesComeBack() {
    Palettes_LaterMessage put = new Palettes_LaterMessage.Put(new Later.Put(later()));
    byte[] bytes = Terms.encode(out -> Palettes_LaterCodec.MESSAGES.write(put, out));
    assertThat(
            Terms.<Palettes_LaterMessage>decode(
                bytes, in -> Palettes_LaterCodec.MESSAGES.read("Put", in)))
        .isEqualTo(put);
    TermCodec<Object> replies =
        Palettes_LaterCodec.MESSAGES.replyCodec(
            new Palettes_LaterMessage.Find(new Later.Find(EnumSet.of(Color.RED))));
    EnumMap<Color, URI> reply = map(Color.RED, URI.create("a:b"), Color.BLUE, URI.create("c:d"));
    assertThat(Terms.decode(Terms.encode(replies, reply), replies)).isEqualTo(reply);
  }

  @Test
  void isStoredAsText() {
    assertThat(hex(TermCodecs.URI, URI.create("a:b"))).isEqualTo("63613a62");
    assertThat(hex(TermCodecs.CURRENCY, EUR)).isEqualTo("63455552");
    assertThat(hex(TermCodecs.LOCALE, Locale.CANADA_FRENCH)).isEqualTo("6566722d4341");
    assertThat(hex(TermCodecs.LOCALE, Locale.ROOT)).isEqualTo("63756e64");
    assertThat(hex(SETS, EnumSet.of(Color.GREEN, Color.RED)))
        .isEqualTo("8263524544" + "65475245454e");
    assertThat(hex(MAPS, map(Color.BLUE, 1L, Color.RED, 2L))).isEqualTo("a2635245440264424c554501");
    assertThat(hex(MAPS, null)).isEqualTo("f6");
  }

  private static <T> String hex(TermCodec<T> codec, @Nullable T value) {
    return HexFormat.of().formatHex(Terms.encode(codec, value));
  }

  @Test
  void isStoredAsTheInterfacesAre() {
    MemoryState before = MemoryState.of(EARLIER, EARLIER.freeze(null, earlier()));
    MemoryState after = MemoryState.of(LATER, LATER.freeze(null, later()));
    assertThat(after).isEqualTo(before);
    assertThat(after.paths()).contains("[colors, map, [BLUE], 0]");
    StateSource source = before.source();
    assertThat(LATER.read(source)).isEqualTo(later());
    assertThat(source.isOutdated()).isFalse();
    source = after.source();
    assertThat(EARLIER.read(source)).isEqualTo(earlier());
    assertThat(source.isOutdated()).isFalse();
  }

  @Test
  void whatIsReadCanBeChanged() {
    MemoryState memory = MemoryState.of(LATER, LATER.freeze(null, later()));
    Later.State read = memory.read(LATER);
    Later.State mine = LATER.handOut(read);
    change(mine.colors());
    assertThat(read).as("what is remembered").isEqualTo(later());
    Later.State next = LATER.freeze(read, mine);
    change(mine.colors());
    assertThat(memory.write(LATER, read, next))
        .containsExactly(
            "set [colors, set, 0]",
            "set [colors, map, [GREEN], 0]",
            "clear [colors, map, [BLUE]]",
            "set [colors, term, 0]",
            "clear [colors, nested, [BLUE]]",
            "set [colors, nested, [BLUE], [RED], 0]",
            "set [colors, byName, [none], 0]");
    Later.Colors stored = memory.read(LATER).colors();
    assertThat(stored.set()).containsExactly(Color.RED);
    assertThat(stored.map()).containsOnlyKeys(Color.RED, Color.GREEN);
    assertThat(stored.term()).containsOnlyKeys(Color.BLUE);
    assertThat(stored.nested().get(Color.BLUE)).containsEntry(Color.RED, 5L);
    assertThat(stored.byName().get("none")).containsExactly(Color.BLUE);
  }

  /** The second time, another change each. */
  private static void change(Later.Colors colors) {
    requireNonNull(colors.set()).remove(Color.BLUE);
    if (!requireNonNull(colors.map()).containsKey(Color.GREEN)) {
      colors.map().remove(Color.BLUE);
      colors.map().put(Color.GREEN, 7L);
    } else {
      colors.set().clear();
      colors.map().clear();
    }
    colors.term().remove(Color.RED);
    requireNonNull(colors.nested().get(Color.BLUE)).merge(Color.RED, 5L, Long::sum);
    requireNonNull(colors.byName().get("none")).add(Color.BLUE);
  }

  @Test
  void whatIsNotChangedIsNotWritten() {
    Later.State read = MemoryState.of(LATER, LATER.freeze(null, later())).read(LATER);
    Later.State next = LATER.freeze(read, LATER.handOut(read));
    assertThat(next.colors().map()).isSameAs(read.colors().map());
    assertThat(next.colors().nested()).isSameAs(read.colors().nested());
    assertThat(next.colors().set()).isSameAs(read.colors().set());
    assertThat(new MemoryState().write(LATER, read, next)).isEmpty();
  }

  @Test
  void whatIsDamagedSaysWhatAndWhere() {
    assertDamaged("uri", "%zz", "names.uri: expected a URI, found \"%zz\"");
    assertDamaged("currency", "eur", "names.currency: expected a currency, found \"eur\"");
    assertDamaged("locale", "e", "names.locale: expected a language tag, found \"e\"");
    assertDamaged("locale", "en_US", "names.locale: expected a language tag, found \"en_US\"");
    assertThatThrownBy(() -> Terms.decode(Terms.encode(TermCodecs.LONG, 1L), TermCodecs.URI))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("expected a string, found an integer");
  }

  private static void assertDamaged(String component, String text, String message) {
    byte[] damaged = Terms.encode(TermCodecs.STRING, text);
    StateSource source = MemoryState.of(LATER, later()).source();
    List<KeyValue> pairs =
        source.pairs().stream()
            .map(
                it ->
                    new String(it.key(), ISO_8859_1).contains("\u0002" + component + "\0")
                        ? new KeyValue(it.key(), damaged)
                        : it)
            .toList();
    assertThatThrownBy(() -> LATER.read(new StateSource(source.prefixLength(), pairs)))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(message);
  }

  @Test
  void whatIsNoConstantSaysSo() {
    byte[] set = Terms.encode(TermCodecs.list(TermCodecs.STRING), List.of("RED", "PINK"));
    assertThatThrownBy(() -> Terms.decode(set, SETS))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("[1]")
        .hasMessageContaining("PINK");
    byte[] map =
        Terms.encode(TermCodecs.map(TermCodecs.STRING, TermCodecs.LONG), Map.of("PINK", 1L));
    assertThatThrownBy(() -> Terms.decode(map, MAPS))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("PINK");
  }

  @Test
  void whatCannotBeInThemSaysSo() {
    List<@Nullable Color> nulls = new ArrayList<>();
    nulls.add(null);
    byte[] set = Terms.encode(TermCodecs.untyped(TermCodecs.list(COLORS)), nulls);
    assertThatThrownBy(() -> Terms.decode(set, SETS))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("an EnumSet cannot contain null");
    Map<@Nullable Color, Long> nullKey = new LinkedHashMap<>();
    nullKey.put(null, 1L);
    byte[] map = Terms.encode(TermCodecs.untyped(TermCodecs.map(COLORS, TermCodecs.LONG)), nullKey);
    assertThatThrownBy(() -> Terms.decode(map, MAPS))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("an EnumMap cannot have a null key");
  }

  @Test
  void whatIsNotStoredHasItsDefault() {
    byte[] nothing = {(byte) 0xA0};
    byte[] put = {(byte) 0xA1, 0x66, 'm', 'a', 'r', 'k', 'e', 'd', nothing[0]};
    Palettes.Marked read = marked(put);
    assertThat(read)
        .isEqualTo(
            new Palettes.Marked(
                URI.create("a:b"),
                EUR,
                Locale.CANADA_FRENCH,
                EnumSet.of(Color.RED),
                EnumSet.noneOf(Color.class),
                none()));
    read.unmarkedSet().add(Color.RED);
    read.unmarkedMap().put(Color.RED, 1L);
    assertThat(marked(put).unmarkedSet()).isEmpty();
    assertThat(marked(put).unmarkedMap()).isEmpty();
  }

  private static Palettes.Marked marked(byte[] put) {
    Palettes_DefaultedMessage read =
        Terms.decode(put, in -> Palettes_DefaultedCodec.MESSAGES.read("Put", in));
    return ((Palettes_DefaultedMessage.Put) read).message().marked();
  }
}
