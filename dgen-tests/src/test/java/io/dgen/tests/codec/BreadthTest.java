package io.dgen.tests.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.generated.codec.StateSource;
import io.dgen.internal.term.Terms;
import java.math.BigDecimal;
import java.math.BigInteger;
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
import java.util.Set;
import org.junit.jupiter.api.Test;

/** As {@link WidthTest}, for arrays, optionals of primitives, large numbers and sequences. */
class BreadthTest {

  private static final BigInteger HUGE = BigInteger.TWO.pow(70);

  private static final Slim.State LARGE =
      new Slim.State(
          new Slim.Arrays(
              new boolean[] {true, false},
              new short[] {Short.MIN_VALUE, 1},
              new int[] {Integer.MIN_VALUE, 1},
              new int[] {2, Integer.MAX_VALUE},
              new int[] {3},
              new char[] {'a', Character.MAX_VALUE},
              new float[] {0.5f, Float.MIN_VALUE},
              new long[] {Long.MIN_VALUE, Long.MAX_VALUE},
              new int[][] {{1, 2}, {}, {3}},
              new byte[][] {{1}, {}},
              new byte[] {4, 5},
              new String[] {"b", "a"},
              List.of("c", "b"),
              Set.of(6),
              List.of(new Slim.Item("y", 1), new Slim.Item("x", 2)),
              new Slim.Item[] {new Slim.Item("v", 3), new Slim.Item("u", 4)},
              maybes(List.of(Optional.of(7), Optional.empty()))),
          new Slim.Optionals(
              1,
              2,
              OptionalInt.of(3),
              OptionalInt.of(Integer.MIN_VALUE),
              OptionalLong.of(Long.MAX_VALUE),
              OptionalInt.of(Integer.MAX_VALUE),
              1.5f,
              Optional.of(4),
              OptionalLong.of(5),
              OptionalDouble.of(6.5),
              OptionalInt.of(-7)),
          new Slim.Numbers(Long.MIN_VALUE, Character.MAX_VALUE, HUGE, HUGE, List.of(1L, 2L)),
          new Slim.Sequences(
              Set.of("a"),
              ordered(List.of("b", "a")),
              List.of(2, 1),
              ordered(List.of(4, 3)),
              Map.of("one", 1, "two", 2),
              mapped("two", 2, "one", 1),
              Map.of(Slim.Color.RED, 1),
              mapped(Slim.Color.GREEN, 2, Slim.Color.RED, 1),
              new Slim.Pair(1, 2),
              mapped("b", 2, "a", 1)));

  private static final Broad.State LARGE_READ =
      new Broad.State(
          new Broad.Arrays(
              List.of(true, false),
              new int[] {Short.MIN_VALUE, 1},
              new long[] {Integer.MIN_VALUE, 1},
              List.of(2L, (long) Integer.MAX_VALUE),
              Optional.of(new long[] {3}),
              new int[] {'a', Character.MAX_VALUE},
              new double[] {0.5, Float.MIN_VALUE},
              new BigInteger[] {
                BigInteger.valueOf(Long.MIN_VALUE), BigInteger.valueOf(Long.MAX_VALUE)
              },
              List.of(List.of(1L, 2L), List.of(), List.of(3L)),
              List.of(new byte[] {1}, new byte[0]),
              Optional.of(new byte[] {4, 5}),
              List.of("b", "a"),
              new String[] {"c", "b"},
              new Long[] {6L},
              new Broad.Item[] {new Broad.Item("y", 1), new Broad.Item("x", 2)},
              List.of(new Broad.Item("v", 3), new Broad.Item("u", 4)),
              new OptionalLong[] {OptionalLong.of(7), OptionalLong.empty()}),
          new Broad.Optionals(
              OptionalInt.of(1),
              OptionalLong.of(2),
              3,
              OptionalLong.of(Integer.MIN_VALUE),
              Long.MAX_VALUE,
              OptionalDouble.of(Integer.MAX_VALUE),
              OptionalDouble.of(1.5),
              OptionalInt.of(4),
              Optional.of(5L),
              Optional.of(6.5),
              BigInteger.valueOf(-7)),
          new Broad.Numbers(
              BigInteger.valueOf(Long.MIN_VALUE),
              BigInteger.valueOf(Character.MAX_VALUE),
              new BigDecimal(HUGE),
              Optional.of(HUGE),
              List.of(BigInteger.ONE, BigInteger.TWO)),
          new Broad.Sequences(
              ordered(List.of("a")),
              Set.of("a", "b"),
              List.of(2L, 1L),
              List.of(4L, 3L),
              mapped("one", 1L, "two", 2L),
              Map.of("one", 1L, "two", 2L),
              mapped("RED", 1L),
              Map.of("GREEN", 2L, "RED", 1L),
              mapped("a", 1L, "b", 2L),
              new Broad.Pair(1L, 2L)));

  private static final Slim.State EMPTY =
      new Slim.State(
          new Slim.Arrays(
              new boolean[0],
              new short[0],
              new int[0],
              new int[0],
              new int[0],
              new char[0],
              new float[0],
              new long[0],
              new int[0][],
              new byte[0][],
              new byte[0],
              new String[0],
              List.of(),
              Set.of(),
              List.of(),
              new Slim.Item[0],
              maybes(List.of())),
          new Slim.Optionals(
              0,
              null,
              OptionalInt.empty(),
              OptionalInt.empty(),
              OptionalLong.empty(),
              OptionalInt.empty(),
              0,
              Optional.empty(),
              OptionalLong.empty(),
              OptionalDouble.empty(),
              OptionalInt.empty()),
          new Slim.Numbers(0, '\0', BigInteger.ZERO, null, List.of()),
          new Slim.Sequences(
              Set.of(),
              ordered(List.of()),
              List.of(),
              ordered(List.of()),
              Map.of(),
              new LinkedHashMap<>(),
              Map.of(),
              new LinkedHashMap<>(),
              new Slim.Pair(0, 0),
              mapped("a", 0)));

  private static final Broad.State EMPTY_READ =
      new Broad.State(
          new Broad.Arrays(
              List.of(),
              new int[0],
              new long[0],
              List.of(),
              Optional.of(new long[0]),
              new int[0],
              new double[0],
              new BigInteger[0],
              List.of(),
              List.of(),
              Optional.of(new byte[0]),
              List.of(),
              new String[0],
              new Long[0],
              new Broad.Item[0],
              List.of(),
              new OptionalLong[0]),
          new Broad.Optionals(
              OptionalInt.of(0),
              OptionalLong.empty(),
              null,
              OptionalLong.empty(),
              null,
              OptionalDouble.empty(),
              OptionalDouble.of(0),
              OptionalInt.empty(),
              Optional.empty(),
              Optional.empty(),
              null),
          new Broad.Numbers(
              BigInteger.ZERO, BigInteger.ZERO, BigDecimal.ZERO, Optional.empty(), List.of()),
          new Broad.Sequences(
              ordered(List.of()),
              Set.of(),
              List.of(),
              List.of(),
              new LinkedHashMap<>(),
              Map.of(),
              new LinkedHashMap<>(),
              Map.of(),
              mapped("a", 0L, "b", 0L),
              new Broad.Pair(0L, null)));

  @SuppressWarnings("unchecked") // An array cannot be made of a generic type.
  private static Optional<Integer>[] maybes(List<Optional<Integer>> them) {
    return (Optional<Integer>[]) them.toArray(new Optional<?>[0]);
  }

  private static <T> SequencedSet<T> ordered(List<T> items) {
    return new LinkedHashSet<>(items);
  }

  private static <K, V> SequencedMap<K, V> mapped(K key, V value) {
    SequencedMap<K, V> map = new LinkedHashMap<>();
    map.put(key, value);
    return map;
  }

  private static <K, V> SequencedMap<K, V> mapped(K first, V one, K second, V two) {
    SequencedMap<K, V> map = mapped(first, one);
    map.put(second, two);
    return map;
  }

  @Test
  void statesAreRead() {
    assertStateIsRead(LARGE, LARGE_READ);
    assertStateIsRead(EMPTY, EMPTY_READ);
  }

  @Test
  void messagesAreRead() {
    assertMessageIsRead(LARGE, LARGE_READ);
    assertMessageIsRead(EMPTY, EMPTY_READ);
  }

  private static void assertStateIsRead(Slim.State written, Broad.State expected) {
    MemoryState stored = MemoryState.of(SlimCodec.STATES, written);
    StateSource source = stored.source();
    Broad.State read = BroadCodec.STATES.read(source);
    assertSame(read, expected);
    assertThat(source.isOutdated()).isTrue();
    // As a round does it with what is outdated.
    stored.clearAll(new byte[0]);
    stored.write(BroadCodec.STATES, null, BroadCodec.STATES.freeze(read, read));
    source = stored.source();
    assertSame(BroadCodec.STATES.read(source), expected);
    assertThat(source.isOutdated()).isFalse();
  }

  private static void assertMessageIsRead(Slim.State written, Broad.State expected) {
    byte[] bytes =
        Terms.encode(
            out -> SlimCodec.MESSAGES.write(new SlimMessage.Put(new Slim.Put(written)), out));
    BroadMessage read = Terms.decode(bytes, in -> BroadCodec.MESSAGES.read("Put", in));
    assertSame(((BroadMessage.Put) read).message().state(), expected);
  }

  private static void assertSame(Broad.State read, Broad.State expected) {
    // Arrays have no equality of their own.
    assertThat(read.arrays()).usingRecursiveComparison().isEqualTo(expected.arrays());
    assertThat(read.optionals()).isEqualTo(expected.optionals());
    assertThat(read.numbers()).isEqualTo(expected.numbers());
    assertThat(read.sequences()).isEqualTo(expected.sequences());
  }
}
