package io.dgen.tests.property;

import static io.dgen.tests.property.SampleStates.colors;
import static io.dgen.tests.property.SampleStates.doubles;
import static io.dgen.tests.property.SampleStates.items;
import static io.dgen.tests.property.SampleStates.listOf;
import static io.dgen.tests.property.SampleStates.mapOf;
import static io.dgen.tests.property.SampleStates.nullable;
import static io.dgen.tests.property.SampleStates.parts;
import static io.dgen.tests.property.SampleStates.texts;

import io.dgen.tests.property.Sample.Arrays;
import io.dgen.tests.property.Sample.Calendar;
import io.dgen.tests.property.Sample.Figure;
import io.dgen.tests.property.Sample.More;
import io.dgen.tests.property.Sample.Ordered;
import io.dgen.tests.property.Sample.Pair;
import io.dgen.tests.property.Sample.Part;
import io.dgen.tests.property.Sample.Times;
import io.dgen.tests.property.Sample.Tree;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
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
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Java's times, arrays, sequenced collections; generic, recursive and sealed types at random. */
final class MoreValues {

  private static final int DEPTH = 3;

  private MoreValues() {}

  static Arbitrary<More> all() {
    return Combinators.combine(
            nullable(times()),
            calendars(),
            arrays(),
            nullable(ordered()),
            pairs(texts(), items(parts(), Part::id)),
            nullable(trees(DEPTH)),
            listOf(figures(DEPTH)),
            mapOf(texts(), pairs(figures(1), Arbitraries.longs())))
        .as(More::new);
  }

  private static Arbitrary<Times> times() {
    Arbitrary<LocalDateTime> dateTimes =
        Combinators.combine(dates(), clock()).as(LocalDateTime::of);
    return Combinators.combine(
            nullable(dates()),
            nullable(clock()),
            nullable(dateTimes),
            nullable(Combinators.combine(dateTimes, offsets()).as(OffsetDateTime::of)),
            nullable(Combinators.combine(clock(), offsets()).as(OffsetTime::of)),
            nullable(
                Combinators.combine(
                        dates().filter(it -> Math.abs(it.getYear()) < 900_000_000),
                        clock(),
                        zones())
                    .as(ZonedDateTime::of)),
            nullable(years().map(Year::of)),
            nullable(
                Combinators.combine(years(), Arbitraries.integers().between(1, 12))
                    .as(YearMonth::of)))
        .as(Times::new);
  }

  private static Arbitrary<LocalDate> dates() {
    return Arbitraries.oneOf(
        Arbitraries.longs()
            .between(LocalDate.MIN.toEpochDay(), LocalDate.MAX.toEpochDay())
            .map(LocalDate::ofEpochDay),
        Arbitraries.longs().between(-800_000, 800_000).map(LocalDate::ofEpochDay));
  }

  private static Arbitrary<LocalTime> clock() {
    return Arbitraries.longs().between(0, LocalTime.MAX.toNanoOfDay()).map(LocalTime::ofNanoOfDay);
  }

  private static Arbitrary<Integer> years() {
    return Arbitraries.integers().between(Year.MIN_VALUE, Year.MAX_VALUE);
  }

  private static Arbitrary<ZoneOffset> offsets() {
    return Arbitraries.integers().between(-18 * 3_600, 18 * 3_600).map(ZoneOffset::ofTotalSeconds);
  }

  private static Arbitrary<ZoneId> zones() {
    return Arbitraries.oneOf(
        Arbitraries.of("Europe/Berlin", "America/New_York", "Asia/Kathmandu", "UTC", "GMT+2", "Z")
            .map(ZoneId::of),
        offsets().map(it -> (ZoneId) it));
  }

  private static Arbitrary<Calendar> calendars() {
    return Combinators.combine(
            nullable(
                Combinators.combine(
                        Arbitraries.integers().between(1, 12),
                        Arbitraries.integers().between(1, 29))
                    .as(MonthDay::of)),
            nullable(
                Combinators.combine(
                        Arbitraries.integers(), Arbitraries.integers(), Arbitraries.integers())
                    .as(Period::of)),
            nullable(zones()),
            nullable(offsets()),
            Arbitraries.oneOf(
                Arbitraries.just(OptionalInt.empty()), Arbitraries.integers().map(OptionalInt::of)),
            Arbitraries.oneOf(
                Arbitraries.just(OptionalLong.empty()), Arbitraries.longs().map(OptionalLong::of)),
            Arbitraries.oneOf(
                Arbitraries.just(OptionalDouble.empty()), doubles().map(OptionalDouble::of)),
            nullable(
                Arbitraries.bigIntegers()
                    .between(BigInteger.TWO.pow(90).negate(), BigInteger.TWO.pow(90))))
        .as(Calendar::new);
  }

  private static Arbitrary<Arrays> arrays() {
    return Combinators.combine(
            nullable(Arbitraries.of(true, false).array(boolean[].class).ofMaxSize(4)),
            nullable(Arbitraries.shorts().array(short[].class).ofMaxSize(4)),
            Arbitraries.integers().array(int[].class).ofMaxSize(4),
            Arbitraries.longs().array(long[].class).ofMaxSize(4),
            Arbitraries.chars().all().array(char[].class).ofMaxSize(4),
            SampleStates.floats().array(float[].class).ofMaxSize(4),
            doubles().array(double[].class).ofMaxSize(4),
            nullable(texts()).array(String[].class).ofMaxSize(4))
        .as(Arrays::new);
  }

  private static Arbitrary<Ordered> ordered() {
    return Combinators.combine(
            mapOf(texts(), Arbitraries.longs()), colors().list(), listOf(nullable(texts())))
        .as(
            (map, set, list) ->
                new Ordered(new LinkedHashMap<>(map), new LinkedHashSet<>(set), list));
  }

  private static <A, B> Arbitrary<Pair<A, B>> pairs(Arbitrary<A> first, Arbitrary<B> second) {
    return Combinators.combine(nullable(first), nullable(second)).as(Pair::new);
  }

  private static Arbitrary<Tree> trees(int depth) {
    Arbitrary<List<Tree>> children =
        depth == 0 ? Arbitraries.just(List.of()) : trees(depth - 1).list().ofMaxSize(2);
    return Combinators.combine(texts(), children).as(Tree::new);
  }

  private static Arbitrary<Figure> figures(int depth) {
    Arbitrary<Figure> simple =
        Arbitraries.oneOf(Arbitraries.of(Figure.Fixed.class), doubles().map(Figure.Circle::new));
    return depth == 0
        ? simple
        : Arbitraries.oneOf(simple, figures(depth - 1).list().ofMaxSize(2).map(Figure.Group::new));
  }
}
