package io.dgen.internal.term;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.codec.CodecException;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import io.dgen.generated.codec.TermCodecs;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@NullUnmarked // Nulls where there should be none are part of what is tested.
class TermsTest {

  private static final TermCodec<DayOfWeek> DAY = TermCodecs.enums("DayOfWeek", DayOfWeek.values());

  private static <T> @Nullable T roundTrip(TermCodec<T> codec, @Nullable T value) {
    return Terms.decode(Terms.encode(codec, value), codec);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  record Example(TermCodec<?> codec, Object value) {}

  static Stream<Example> scalars() {
    List<Example> examples = new ArrayList<>();
    examples.add(new Example(TermCodecs.BOOLEAN, true));
    examples.add(new Example(TermCodecs.BOOLEAN, false));
    for (long value : new long[] {0, 1, -1, 23, 24, -24, -25, 127, -128, 255, 256, -256, -257}) {
      examples.add(new Example(TermCodecs.LONG, value));
    }
    for (int shift = 7; shift < 64; shift++) {
      for (long offset = -2; offset <= 2; offset++) {
        examples.add(new Example(TermCodecs.LONG, (1L << shift) + offset));
        examples.add(new Example(TermCodecs.LONG, -(1L << shift) + offset));
      }
    }
    examples.add(new Example(TermCodecs.BYTE, Byte.MIN_VALUE));
    examples.add(new Example(TermCodecs.BYTE, Byte.MAX_VALUE));
    examples.add(new Example(TermCodecs.SHORT, Short.MIN_VALUE));
    examples.add(new Example(TermCodecs.SHORT, Short.MAX_VALUE));
    examples.add(new Example(TermCodecs.INT, Integer.MIN_VALUE));
    examples.add(new Example(TermCodecs.INT, Integer.MAX_VALUE));
    for (float value :
        new float[] {0f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN, 1e-3f, -1f}) {
      examples.add(new Example(TermCodecs.FLOAT, value));
      examples.add(new Example(TermCodecs.FLOAT, 1 / value));
    }
    for (double value :
        new double[] {0d, -0d, Double.MIN_VALUE, Double.MAX_VALUE, Double.NaN, .1}) {
      examples.add(new Example(TermCodecs.DOUBLE, value));
      examples.add(new Example(TermCodecs.DOUBLE, 1 / value));
    }
    for (String value :
        List.of("", "a", "é", "\u0000", "\uFFFF", "😀", "x".repeat(22) + "é", "\"\\\n")) {
      examples.add(new Example(TermCodecs.STRING, value));
    }
    BigInteger two64 = BigInteger.ONE.shiftLeft(64);
    for (BigInteger value :
        List.of(BigInteger.ZERO, BigInteger.TEN.pow(1200), two64, two64.subtract(BigInteger.ONE))) {
      examples.add(new Example(TermCodecs.BIG_INTEGER, value));
      examples.add(new Example(TermCodecs.BIG_INTEGER, value.negate()));
    }
    for (String value :
        List.of("0", "0.00", "-1.10", "1E+40", "1E-40", "12345678901234567890.123")) {
      examples.add(new Example(TermCodecs.BIG_DECIMAL, new BigDecimal(value)));
    }
    for (int scale : new int[] {Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      examples.add(new Example(TermCodecs.BIG_DECIMAL, new BigDecimal(BigInteger.TEN, scale)));
    }
    examples.add(
        new Example(TermCodecs.BIG_DECIMAL, new BigDecimal(BigInteger.TEN.pow(2000), 1000)));
    examples.add(new Example(TermCodecs.UUID, new UUID(0, 0)));
    examples.add(new Example(TermCodecs.UUID, new UUID(-1, Long.MIN_VALUE)));
    for (Instant value :
        List.of(Instant.MIN, Instant.MAX, Instant.EPOCH, Instant.ofEpochSecond(-1, 999_999_999))) {
      examples.add(new Example(TermCodecs.INSTANT, value));
    }
    for (Duration value :
        List.of(
            Duration.ZERO,
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
            Duration.ofSeconds(Long.MIN_VALUE),
            Duration.ofNanos(-1))) {
      examples.add(new Example(TermCodecs.DURATION, value));
    }
    for (DayOfWeek value : DayOfWeek.values()) {
      examples.add(new Example(DAY, value));
    }
    return examples.stream();
  }

  @ParameterizedTest
  @MethodSource("scalars")
  void aScalarComesBackEqual(Example example) {
    TermCodec<Object> codec = TermCodecs.untyped(example.codec());
    assertThat(roundTrip(codec, example.value())).isEqualTo(example.value());
  }

  @Test
  void everyScalarKeepsNull() {
    scalars().forEach(it -> assertThat(roundTrip(TermCodecs.untyped(it.codec()), null)).isNull());
    assertThat(roundTrip(TermCodecs.BYTES, null)).isNull();
    assertThat(roundTrip(TermCodecs.NOTHING, null)).isNull();
  }

  @Test
  void everyCharComesBack() {
    List<Character> all = new ArrayList<>();
    for (int c = Character.MIN_VALUE; c <= Character.MAX_VALUE; c++) {
      all.add((char) c);
    }
    assertThat(roundTrip(TermCodecs.list(TermCodecs.CHAR), all)).isEqualTo(all);
  }

  @Test
  void aStringKeepsUnpairedSurrogates() {
    for (String text :
        List.of("\uD800", "\uDC00", "a\uD83D", "\uDE00\uD83D", "\uD83D\uD83D\uDE00")) {
      assertThat(roundTrip(TermCodecs.STRING, text)).isEqualTo(text);
      Map<String, Long> map = Map.of(text, 1L);
      assertThat(roundTrip(TermCodecs.map(TermCodecs.STRING, TermCodecs.LONG), map)).isEqualTo(map);
    }
  }

  @Test
  void aLongStringComesBackWhereverItsPairsStand() {
    for (int length : new int[] {0, 22, 23, 198, 199, 200, 4000, 8190, 100_000}) {
      for (int shift = 0; shift < 4; shift++) {
        String text = "x".repeat(length + shift) + "😀é".repeat(length / 3 + 1);
        assertThat(roundTrip(TermCodecs.STRING, text)).isEqualTo(text);
        Map<String, String> map = Map.of(text, text);
        assertThat(roundTrip(TermCodecs.map(TermCodecs.STRING, TermCodecs.STRING), map))
            .isEqualTo(map);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 23, 24, 255, 256, 65_535, 65_536, 300_000})
  void bytesComeBack(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0xF7);
    assertThat(roundTrip(TermCodecs.BYTES, bytes)).isEqualTo(bytes);
  }

  @Test
  void theFormsAreThoseOfTheDecisionPage() {
    assertThat(hex(Terms.encode(TermCodecs.LONG, -500L))).isEqualTo("3901f3");
    assertThat(hex(Terms.encode(TermCodecs.CHAR, 'A'))).isEqualTo("1841");
    assertThat(hex(Terms.encode(TermCodecs.UUID, new UUID(1, 2))))
        .isEqualTo("d8255000000000000000010000000000000002");
    assertThat(hex(Terms.encode(TermCodecs.INSTANT, Instant.ofEpochSecond(1, 5))))
        .isEqualTo("d903e9a201012805");
    assertThat(hex(Terms.encode(TermCodecs.INSTANT, Instant.ofEpochSecond(1))))
        .isEqualTo("d903e9a10101");
    assertThat(hex(Terms.encode(TermCodecs.DURATION, Duration.ofSeconds(-1))))
        .isEqualTo("d903eaa10120");
    assertThat(hex(Terms.encode(TermCodecs.BIG_DECIMAL, new BigDecimal("1.5"))))
        .isEqualTo("c482200f");
    assertThat(hex(Terms.encode(DAY, DayOfWeek.MONDAY))).isEqualTo("664d4f4e444159");
    TermCodec<Map<UUID, Integer>> byId = TermCodecs.map(TermCodecs.UUID, TermCodecs.INT);
    assertThat(hex(Terms.encode(byId, Map.of(new UUID(0, 0), 1)))).startsWith("a1782430");
    TermCodec<Map<Integer, Integer>> byInt = TermCodecs.map(TermCodecs.INT, TermCodecs.INT);
    assertThat(hex(Terms.encode(byInt, Map.of(-7, 1)))).isEqualTo("a12601");
    TermCodec<Map<Boolean, Integer>> pairs = TermCodecs.map(TermCodecs.BOOLEAN, TermCodecs.INT);
    assertThat(hex(Terms.encode(pairs, Map.of(true, 1)))).isEqualTo("8182f501");
  }

  @Test
  void collectionsKeepOrderAndNullsAndNeverChange() {
    List<@Nullable String> list = Arrays.asList("b", null, "a");
    List<@Nullable String> listBack = roundTrip(TermCodecs.list(TermCodecs.STRING), list);
    assertThat(listBack).isEqualTo(list);
    assertThatThrownBy(() -> listBack.add("c")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> listBack.set(0, "c"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThat(listBack.contains(null)).isTrue();

    Set<@Nullable String> set = new LinkedHashSet<>(list);
    Set<@Nullable String> setBack = roundTrip(TermCodecs.set(TermCodecs.STRING), set);
    assertThat(setBack).isEqualTo(set).containsExactly("b", null, "a");
    assertThatThrownBy(() -> setBack.remove("b")).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(setBack::clear).isInstanceOf(UnsupportedOperationException.class);

    Map<@Nullable String, @Nullable Long> map = new LinkedHashMap<>();
    map.put("b", null);
    map.put("a", 1L);
    TermCodec<Map<@Nullable String, @Nullable Long>> codec =
        TermCodecs.map(TermCodecs.STRING, TermCodecs.LONG);
    Map<@Nullable String, @Nullable Long> mapBack = roundTrip(codec, map);
    assertThat(mapBack).isEqualTo(map);
    assertThat(mapBack.keySet()).containsExactly("b", "a");
    assertThatThrownBy(() -> mapBack.put("b", 1L))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> mapBack.keySet().remove("b"))
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> mapBack.entrySet().iterator().next().setValue(1L))
        .isInstanceOf(UnsupportedOperationException.class);

    map.put(null, 3L);
    Map<@Nullable String, @Nullable Long> withNullKey = roundTrip(codec, map);
    assertThat(withNullKey).isEqualTo(map);
    assertThat(withNullKey.keySet()).containsExactly("b", "a", null);
  }

  @Test
  void mapsOfEveryKeyComeBack() {
    assertMap(TermCodecs.LONG, Long.MIN_VALUE, -1L, 0L, Long.MAX_VALUE);
    assertMap(TermCodecs.INT, Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE);
    assertMap(TermCodecs.BYTE, Byte.MIN_VALUE, Byte.MAX_VALUE);
    assertMap(TermCodecs.SHORT, Short.MIN_VALUE, Short.MAX_VALUE);
    assertMap(TermCodecs.CHAR, 'a', '\uD800');
    assertMap(TermCodecs.STRING, "", "1", "x".repeat(100_000));
    assertMap(DAY, DayOfWeek.values());
    assertMap(TermCodecs.UUID, new UUID(1, 2), new UUID(-1, -1));
    assertMap(TermCodecs.DOUBLE, 0.0, -0.0, Double.NaN);
    assertMap(TermCodecs.optional(TermCodecs.INT), Optional.of(1), Optional.empty());
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // The array is only read.
  private static <K> void assertMap(TermCodec<K> codec, K... keys) {
    Map<K, Integer> map = new LinkedHashMap<>();
    for (K key : keys) {
      map.put(key, map.size());
    }
    Map<K, Integer> back = roundTrip(TermCodecs.map(codec, TermCodecs.INT), map);
    assertThat(back).isEqualTo(map);
    assertThat(List.copyOf(back.keySet())).containsExactly(keys);
  }

  @Test
  void aMapOfManyKeysComesBack() {
    Map<String, Integer> map = new LinkedHashMap<>();
    for (int i = 0; i < 100_000; i++) {
      map.put("key" + i, i);
    }
    assertThat(roundTrip(TermCodecs.map(TermCodecs.STRING, TermCodecs.INT), map)).isEqualTo(map);
  }

  @Test
  @SuppressWarnings("NullableOptional") // Null where an optional should be is kept too.
  void everyDepthOfOptionalIsItsOwn() {
    TermCodec<Optional<String>> one = TermCodecs.optional(TermCodecs.STRING);
    assertThat(roundTrip(one, Optional.of("x"))).contains("x");
    assertThat(roundTrip(one, Optional.empty())).isEmpty();
    assertThat(roundTrip(one, null)).isNull();
    TermCodec<Optional<Optional<String>>> two = TermCodecs.optional(one);
    assertThat(roundTrip(two, Optional.of(Optional.of("x")))).contains(Optional.of("x"));
    assertThat(roundTrip(two, Optional.of(Optional.empty()))).contains(Optional.empty());
    assertThat(roundTrip(two, Optional.empty())).isEmpty();
    assertThat(roundTrip(two, null)).isNull();
    TermCodec<List<Optional<Optional<String>>>> list = TermCodecs.list(two);
    List<@Nullable Optional<Optional<String>>> all =
        Arrays.asList(null, Optional.empty(), Optional.of(Optional.empty()));
    assertThat(roundTrip(list, all)).isEqualTo(all);
    assertThat(
            roundTrip(TermCodecs.optional(TermCodecs.list(TermCodecs.INT)), Optional.of(List.of())))
        .contains(List.of());
  }

  @Test
  void aTypeMayBecomeWiderOrOptional() {
    assertThat(Terms.decode(Terms.encode(TermCodecs.INT, 7), TermCodecs.LONG)).isEqualTo(7L);
    assertThat(Terms.decode(Terms.encode(TermCodecs.LONG, 7L), TermCodecs.BIG_INTEGER))
        .isEqualTo(7);
    assertThat(Terms.decode(Terms.encode(TermCodecs.INT, 7), TermCodecs.DOUBLE)).isEqualTo(7.0);
    assertThat(Terms.decode(Terms.encode(TermCodecs.FLOAT, 0.5f), TermCodecs.DOUBLE))
        .isEqualTo(0.5);
    assertThat(Terms.decode(Terms.encode(TermCodecs.LONG, 7L), TermCodecs.BIG_DECIMAL))
        .isEqualTo("7");
    TermCodec<Optional<String>> optional = TermCodecs.optional(TermCodecs.STRING);
    assertThat(Terms.decode(Terms.encode(TermCodecs.STRING, "x"), optional)).contains("x");
    assertThat(Terms.decode(Terms.encode(TermCodecs.STRING, null), optional)).isEmpty();
    assertThat(Terms.decode(Terms.encode(optional, Optional.empty()), TermCodecs.STRING)).isNull();
  }

  @Test
  void aTermMayBeAsDeepAsTheLimitAndNoDeeper() {
    byte[] deepest = Terms.encode(out -> nest(out, Terms.MAX_DEPTH));
    assertThat(Terms.<Integer>decode(deepest, TermsTest::depth)).isEqualTo(Terms.MAX_DEPTH);
    assertThatThrownBy(() -> Terms.encode(out -> nest(out, Terms.MAX_DEPTH + 1)))
        .isInstanceOf(CodecException.class)
        .hasMessageStartingWith("cannot write term[0][0]");
    byte[] deeper = new byte[100_000];
    Arrays.fill(deeper, (byte) 0x81);
    assertThatThrownBy(() -> Terms.<Integer>decode(deeper, TermsTest::depth))
        .isInstanceOf(CodecException.class);
  }

  private static void nest(TermWriter out, int depth) {
    if (depth > 0) {
      out.startList(1);
      nest(out, depth - 1);
      out.endList();
    } else {
      out.writeNull();
    }
  }

  private static int depth(TermReader in) {
    if (in.readNull()) {
      return 0;
    }
    in.startList();
    int depth = in.hasNext() ? 1 + depth(in) : 1;
    assertThat(in.hasNext()).isFalse();
    return depth;
  }

  @Test
  void anErrorNamesThePlaceAndTheByte() {
    byte[] bytes =
        Terms.encode(
            out -> {
              out.startMap(1);
              out.name("items");
              out.startList(2);
              out.startMap(1);
              out.name("name");
              out.writeString("x");
              out.endMap();
              out.startMap(1);
              out.name("name");
              out.writeLong(7);
              out.endMap();
              out.endList();
              out.endMap();
            });
    assertThatThrownBy(() -> Terms.<Boolean>decode(bytes, TermsTest::readItems))
        .isInstanceOf(CodecException.class)
        .hasMessage("State.items[1].name: expected a string, found an integer (byte 22)");
  }

  private static boolean readItems(TermReader in) {
    in.startRecord("State");
    while (in.nextName() != null) {
      in.startList();
      while (in.hasNext()) {
        in.startRecord("Item");
        while (in.nextName() != null) {
          assertThat(in.readString()).isEqualTo("x");
        }
      }
    }
    return true;
  }

  @Test
  void whatIsReadMustBeTheWholeTerm() {
    byte[] two = {1, 2};
    assertBad(TermCodecs.LONG, two, "something follows the end of the term (byte 1)");
    assertBad(TermCodecs.LONG, new byte[] {}, "the term ends too early");
    assertBad(TermCodecs.LONG, new byte[] {0x19, 1}, "term: ");
    assertThatThrownBy(
            () ->
                Terms.<Boolean>decode(
                    new byte[] {(byte) 0x82, 1, 2},
                    in -> {
                      in.startList();
                      return in.hasNext();
                    }))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("longer than what was read");
  }

  @Test
  void aNumberOutOfRangeIsAnError() {
    assertBad(TermCodecs.BYTE, Terms.encode(TermCodecs.INT, 128), "expected a byte, found 128");
    assertBad(TermCodecs.CHAR, Terms.encode(TermCodecs.INT, -1), "expected a char, found -1");
    assertBad(TermCodecs.INT, Terms.encode(TermCodecs.LONG, 1L << 31), "expected an int, found");
    assertBad(
        TermCodecs.LONG, Terms.encode(TermCodecs.BIG_INTEGER, BigInteger.TEN.pow(30)), "term: ");
    assertBad(
        TermCodecs.LONG, Terms.encode(TermCodecs.DOUBLE, 1.0), "expected a long, found a fraction");
    assertBad(
        TermCodecs.map(TermCodecs.BYTE, TermCodecs.INT),
        Terms.encode(TermCodecs.map(TermCodecs.INT, TermCodecs.INT), Map.of(300, 1)),
        "term.300: the key 300 is not a number in range");
    assertBad(
        DAY,
        Terms.encode(TermCodecs.STRING, "FUNDAY"),
        "enum DayOfWeek has no constant FUNDAY; is this");
  }

  private static void assertBad(TermCodec<?> codec, byte[] bytes, String message) {
    assertThatThrownBy(() -> Terms.decode(bytes, codec))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aCorruptLengthIsNotAllocated() {
    // No JVM has an array of so many: to allocate it would be an OutOfMemoryError.
    for (String head : List.of("5a7fffffff", "7a7fffffff", "9a7fffffff", "ba7fffffff")) {
      byte[] bytes = HexFormat.of().parseHex(head + "000000");
      for (TermCodec<?> codec :
          List.of(
              TermCodecs.BYTES,
              TermCodecs.STRING,
              TermCodecs.BIG_INTEGER,
              TermCodecs.list(TermCodecs.INT),
              TermCodecs.set(TermCodecs.INT),
              TermCodecs.map(TermCodecs.INT, TermCodecs.INT))) {
        assertThatThrownBy(() -> Terms.decode(bytes, codec)).isInstanceOf(CodecException.class);
      }
    }
  }

  @Test
  void aTermThatIsNotCompleteIsRefused() {
    assertThatThrownBy(() -> Terms.encode(out -> out.startList(0)))
        .isInstanceOf(CodecException.class)
        .hasMessage("cannot write term: it is not complete");
    assertThatThrownBy(
            () ->
                Terms.encode(
                    out -> {
                      out.startList(1);
                      out.endList();
                    }))
        .isInstanceOf(CodecException.class);
  }
}
