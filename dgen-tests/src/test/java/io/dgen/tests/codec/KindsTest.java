package io.dgen.tests.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.codec.CodecException;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import io.dgen.generated.MessageCodec;
import io.dgen.generated.codec.StateCodec;
import io.dgen.generated.codec.StateSource;
import io.dgen.generated.codec.TermCodecs;
import io.dgen.generated.codec.WaitingCaller;
import io.dgen.internal.term.Terms;
import io.dgen.store.KeyValue;
import io.dgen.tests.codec.Kinds.Boxed;
import io.dgen.tests.codec.Kinds.Customs;
import io.dgen.tests.codec.Kinds.Free;
import io.dgen.tests.codec.Kinds.Money;
import io.dgen.tests.codec.Kinds.Numbers;
import io.dgen.tests.codec.Kinds.Objects;
import io.dgen.tests.codec.Kinds.Primitives;
import io.dgen.tests.codec.Kinds.Sequences;
import io.dgen.tests.codec.Kinds.State;
import io.dgen.tests.codec.Kinds.Times;
import io.dgen.tests.codec.Kinds.Waiter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Scalars, arrays, sequenced collections and codecs of the user. */
class KindsTest {

  private static final StateCodec<State> STATES = KindsCodec.STATES;
  private static final MessageCodec<KindsMessage> MESSAGES = KindsCodec.MESSAGES;
  private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
  static final Money EURO = new Money("EUR", 100);

  private static final Times NO_TIMES =
      new Times(null, null, null, null, null, null, null, null, null, null, null, null, null, null);
  private static final Numbers NO_NUMBERS =
      new Numbers(null, null, null, null, null, Optional.empty());
  private static final Primitives NO_PRIMITIVES =
      new Primitives(null, null, null, null, null, null, null, null);
  private static final Sequences NO_SEQUENCES =
      new Sequences(List.of(), new LinkedHashSet<>(), new LinkedHashMap<>(), Map.of());
  private static final Customs NO_CUSTOMS =
      new Customs(null, Map.of(), List.of(), Map.of(), null, 0, null);
  static final State NOTHING =
      new State(NO_TIMES, NO_NUMBERS, NO_PRIMITIVES, null, NO_SEQUENCES, NO_CUSTOMS, List.of());

  static final State RICH =
      with(new Customs(EURO, Map.of("a", EURO), List.of(), Map.of(), URI.create("a:b"), -1, null));

  private static State with(Times times) {
    return new State(times, NO_NUMBERS, NO_PRIMITIVES, null, NO_SEQUENCES, NO_CUSTOMS, List.of());
  }

  private static State with(Numbers numbers) {
    return new State(NO_TIMES, numbers, NO_PRIMITIVES, null, NO_SEQUENCES, NO_CUSTOMS, List.of());
  }

  private static State with(Sequences sequences) {
    return new State(NO_TIMES, NO_NUMBERS, NO_PRIMITIVES, null, sequences, NO_CUSTOMS, List.of());
  }

  private static State with(Customs customs) {
    return new State(NO_TIMES, NO_NUMBERS, NO_PRIMITIVES, null, NO_SEQUENCES, customs, List.of());
  }

  private static State roundTrip(State state) {
    State frozen = STATES.freeze(null, state);
    MemoryState memory = MemoryState.of(STATES, frozen);
    StateSource source = memory.source();
    State read = STATES.read(source);
    assertThat(source.isOutdated()).isFalse();
    assertThat(memory.write(STATES, frozen, read)).isEmpty();
    assertThat(MemoryState.of(STATES, read)).isEqualTo(memory);
    return read;
  }

  @Test
  void nullsComeBack() {
    assertThat(roundTrip(NOTHING)).isEqualTo(NOTHING);
  }

  @Test
  void everyTimeComesBackAtItsLimitsToo() {
    LocalDateTime twice = LocalDateTime.of(2025, 10, 26, 2, 30);
    for (Times times :
        List.of(
            new Times(
                LocalDate.of(2024, 2, 29),
                LocalTime.of(23, 59, 59, 1),
                LocalDateTime.of(-44, 3, 15, 12, 0),
                OffsetDateTime.of(twice, ZoneOffset.ofHoursMinutesSeconds(1, 2, 3)),
                OffsetTime.of(LocalTime.NOON, ZoneOffset.ofHours(-18)),
                ZonedDateTime.ofLocal(twice, PARIS, ZoneOffset.ofHours(1)),
                Year.of(0),
                YearMonth.of(12_345, 1),
                MonthDay.of(2, 29),
                Period.of(1, -14, 400),
                PARIS,
                ZoneOffset.UTC,
                Month.MAY,
                DayOfWeek.SUNDAY),
            new Times(
                LocalDate.MAX,
                LocalTime.MAX,
                LocalDateTime.MAX,
                OffsetDateTime.MAX,
                OffsetTime.MAX,
                ZonedDateTime.ofLocal(twice, PARIS, ZoneOffset.ofHours(2)),
                Year.of(Year.MAX_VALUE),
                YearMonth.of(Year.MAX_VALUE, 12),
                MonthDay.of(12, 31),
                Period.of(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE),
                ZoneOffset.MAX,
                ZoneOffset.MAX,
                Month.DECEMBER,
                DayOfWeek.MONDAY),
            new Times(
                LocalDate.MIN,
                LocalTime.MIN,
                LocalDateTime.MIN,
                OffsetDateTime.MIN,
                OffsetTime.MIN,
                ZonedDateTime.of(twice, ZoneOffset.ofHours(-3)),
                Year.of(Year.MIN_VALUE),
                YearMonth.of(Year.MIN_VALUE, 1),
                MonthDay.of(1, 1),
                Period.ZERO,
                ZoneId.of("UTC+3"),
                ZoneOffset.MIN,
                Month.JANUARY,
                DayOfWeek.TUESDAY))) {
      assertThat(roundTrip(with(times)).times()).isEqualTo(times);
    }
  }

  @Test
  void everyNumberComesBack() {
    for (Numbers numbers :
        List.of(
            new Numbers(
                BigInteger.TWO.pow(200).negate(),
                new BigDecimal("1.50"),
                OptionalInt.of(0),
                OptionalLong.of(Long.MIN_VALUE),
                OptionalDouble.of(-0.0),
                Optional.of(OptionalInt.empty())),
            new Numbers(
                BigInteger.ZERO,
                new BigDecimal("-1e-400"),
                OptionalInt.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                Optional.of(OptionalInt.of(7))))) {
      assertThat(roundTrip(with(numbers)).numbers()).isEqualTo(numbers);
    }
  }

  @Test
  void everyArrayComesBack() {
    Primitives primitives =
        new Primitives(
            new boolean[] {true, false},
            new byte[] {1},
            new short[] {Short.MIN_VALUE},
            new int[25],
            new long[] {Long.MAX_VALUE, 1},
            new char[] {'\uD800', 'x'},
            new float[] {Float.MIN_VALUE, -0f},
            new double[] {});
    @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no other way to make such arrays.
    Objects objects =
        new Objects(
            new String[] {"a", null, ""},
            new int[][] {{}, {1, 2}, null},
            new byte[][] {{1}, {}},
            new String[][][] {{{"x"}, {}}, {}},
            new Optional[] {Optional.of(1L), Optional.empty()},
            List.of(new Money[] {EURO}, new Money[] {}),
            new Boxed[] {new Boxed<>(EURO)});
    State state =
        new State(NO_TIMES, NO_NUMBERS, primitives, objects, NO_SEQUENCES, NO_CUSTOMS, List.of());
    State read = roundTrip(state);
    assertThat(read.primitives()).usingRecursiveComparison().isEqualTo(primitives);
    assertThat(read.objects()).usingRecursiveComparison().isEqualTo(objects);
    Objects found = requireNonNull(read.objects());
    assertThat(found.cube().getClass()).isEqualTo(String[][][].class);
    assertThat(found.boxes()[0].it()).isEqualTo(EURO);
  }

  @Test
  void arraysAreCopiedWhenTheyComeIn() {
    int[] ints = {1};
    int[][] matrix = {{1}};
    State state =
        new State(
            NO_TIMES,
            NO_NUMBERS,
            new Primitives(null, null, null, ints, null, null, null, null),
            objects(matrix),
            NO_SEQUENCES,
            NO_CUSTOMS,
            List.of());
    State frozen = STATES.freeze(null, state);
    ints[0] = 2;
    matrix[0][0] = 2;
    assertThat(frozen.primitives().ints()).containsExactly(1);
    assertThat(requireNonNull(frozen.objects()).matrix()).isDeepEqualTo(new int[][] {{1}});
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no other way to make such arrays.
  private static Objects objects(int[][] matrix) {
    return new Objects(
        null, matrix, new byte[0][], new String[0][][], new Optional[0], List.of(), new Boxed[0]);
  }

  @Test
  void sequencedCollectionsComeBackInOrder() {
    SequencedSet<LocalDate> dates = new LinkedHashSet<>();
    SequencedMap<String, Integer> map = new LinkedHashMap<>();
    SequencedMap<Money, Long> inner = new LinkedHashMap<>();
    for (int i = 9; i > 0; i--) {
      dates.add(LocalDate.of(2000, i, 1));
      map.put("k" + i, i);
      inner.put(new Money("USD", i), 1L);
    }
    Sequences sequences =
        new Sequences(List.of("b", "a", "b"), dates, map, Map.of(LocalDate.of(1999, 1, 1), inner));
    Sequences read = roundTrip(with(sequences)).sequences();
    assertThat(read).isEqualTo(sequences).hasToString(sequences.toString());
    assertThat(read.set().reversed()).containsExactlyElementsOf(dates.reversed());
    assertThat(read.set().getLast()).isEqualTo(LocalDate.of(2000, 1, 1));
    assertThat(read.map().lastEntry()).isEqualTo(Map.entry("k1", 1));
    assertThat(read.map().reversed().sequencedKeySet()).startsWith("k1").endsWith("k9");
    assertThatThrownBy(read.set()::removeFirst).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(read.map()::pollLastEntry).isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> read.set().reversed().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void aSetInASequencedCollectionIsAListAtOnceAsItIsForAnotherNode() {
    SequencedSet<LocalDate> set = roundTrip(with(NO_SEQUENCES)).sequences().set();
    LinkedHashSet<String> strings = new LinkedHashSet<>(List.of("b", "a"));
    Sequences sequences = new Sequences(strings, set, new LinkedHashMap<>(), Map.of());
    assertThat(STATES.freeze(null, with(sequences)).sequences().collection())
        .isEqualTo(List.of("b", "a"));
  }

  @Test
  void callersComeBack() {
    UUID node = new UUID(1, 2);
    Waiter none = new Waiter(8, null, null);
    // The codec of a reply is that of the state's type, whatever the caller came with.
    TermCodec<List<Waiter>> codec = TermCodecs.list(TermCodecs.custom(new NoWaiters()));
    Waiter waiter =
        new Waiter(
            7,
            new WaitingCaller<>(node, 3, null, codec),
            new WaitingCaller<>(node, 4, null, TermCodecs.NOTHING));
    State state =
        new State(
            NO_TIMES,
            NO_NUMBERS,
            NO_PRIMITIVES,
            null,
            NO_SEQUENCES,
            NO_CUSTOMS,
            List.of(waiter, none));
    List<Waiter> read = roundTrip(state).waiters();
    assertThat(read).containsExactly(waiter, none);
    WaitingCaller<List<Waiter>> from = WaitingCaller.of(requireNonNull(read.getFirst().from()));
    assertThat(Terms.decode(Terms.encode(from.codec(), read), from.codec())).isEqualTo(read);
    assertThat(MemoryState.of(STATES, state).paths())
        .filteredOn(path -> path.startsWith("[waiters"))
        .hasSize(6);
  }

  /** Never used. */
  private static final class NoWaiters implements TermCodec<Waiter> {
    @Override
    public void write(TermWriter out, @Nullable Waiter value) {
      throw new AssertionError();
    }

    @Override
    public Waiter read(TermReader in) {
      throw new AssertionError();
    }
  }

  @Test
  void codecsOfTheUserAreUsedAndNeverGetNull() {
    Customs customs =
        new Customs(
            EURO,
            Map.of("a", EURO),
            List.of(Optional.of(EURO), Optional.empty()),
            Map.of(EURO, EURO, new Money("EUR", 0), new Free()),
            URI.create("http://localhost/"),
            0xCAFE,
            null);
    assertThat(roundTrip(with(customs)).customs()).isEqualTo(customs);
    assertThat(MemoryState.of(STATES, with(customs)).toString()).contains("cafe");
  }

  @Test
  void aCodecOfTheUserFreezesWhatCanChange() {
    StringBuilder text = new StringBuilder("a");
    Customs customs = new Customs(null, Map.of(), List.of(), Map.of(), null, 0, text);
    State frozen = STATES.freeze(null, with(customs));
    text.append("b");
    assertThat(frozen.customs().text()).hasToString("a");
    assertThat(MemoryState.of(STATES, frozen).read(STATES).customs().text()).hasToString("a");
  }

  @Test
  void whatACodecOfTheUserHasNotWrittenIsMissing() {
    StateSource source = MemoryState.of(STATES, NOTHING).source();
    List<KeyValue> without =
        source.pairs().stream()
            .filter(it -> !new String(it.key(), ISO_8859_1).contains("text"))
            .toList();
    State read = STATES.read(new StateSource(source.prefixLength(), without));
    assertThat(read.customs().text()).hasToString("missing");
  }

  @Test
  void whatACodecOfTheUserThrowsHasItsPath() {
    Customs customs = new Customs(null, Map.of(), List.of(), Map.of(), null, 0xBEEF, null);
    StateSource source = MemoryState.of(STATES, with(customs)).source();
    List<KeyValue> damaged =
        source.pairs().stream()
            .map(
                it ->
                    new String(it.key(), ISO_8859_1).contains("hex")
                        ? new KeyValue(it.key(), new byte[] {0x61, 'x'})
                        : it)
            .toList();
    assertThatThrownBy(() -> STATES.read(new StateSource(source.prefixLength(), damaged)))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining("customs.hex")
        .hasCauseInstanceOf(NumberFormatException.class);
  }

  @Test
  void messagesAndRepliesComeBack() {
    Kinds.Find find = new Kinds.Find(LocalDate.EPOCH, URI.create("a:b"), "x", "y");
    KindsMessage message = new KindsMessage.Find(find);
    byte[] bytes = Terms.encode(out -> MESSAGES.write(message, out));
    assertThat(Terms.<KindsMessage>decode(bytes, in -> MESSAGES.read("Find", in)))
        .usingRecursiveComparison()
        .isEqualTo(message);
    byte[] reply = Terms.encode(MESSAGES.replyCodec(message), new Money[] {EURO});
    assertThat(Terms.decode(reply, MESSAGES.replyCodec(message))).isEqualTo(new Money[] {EURO});
  }
}
