package io.dgen.tests.property;

import io.dgen.tests.property.Sample.Boxes;
import io.dgen.tests.property.Sample.Color;
import io.dgen.tests.property.Sample.Daily;
import io.dgen.tests.property.Sample.Lists;
import io.dgen.tests.property.Sample.Maps;
import io.dgen.tests.property.Sample.Named;
import io.dgen.tests.property.Sample.Nothing;
import io.dgen.tests.property.Sample.Numbered;
import io.dgen.tests.property.Sample.Part;
import io.dgen.tests.property.Sample.Point;
import io.dgen.tests.property.Sample.Put;
import io.dgen.tests.property.Sample.Rest;
import io.dgen.tests.property.Sample.Scalars;
import io.dgen.tests.property.Sample.State;
import io.dgen.tests.property.Sample.Unique;
import io.dgen.tests.property.Sample.Values;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** States and messages of {@link Sample} at random, nulls and odd values among them. */
final class SampleStates {

  /** Enough for several neighbours, and small enough that a state is made in microseconds. */
  private static final int MOST = 4;

  private SampleStates() {}

  static Arbitrary<State> states() {
    return Combinators.combine(
            scalars(), boxes(), nullable(values()), lists(), maps(), rest(), MoreValues.all())
        .as(State::new);
  }

  static Arbitrary<Small.State> smallStates() {
    return Combinators.combine(
            Arbitraries.longs(),
            items(named(), Named::name),
            mapOf(Arbitraries.longs(), items(parts(), Part::id)),
            mapOf(texts(), nullable(points())),
            values().optional(),
            mapOf(texts(), Arbitraries.longs()))
        .as(Small.State::new);
  }

  static Arbitrary<Put> puts() {
    return Combinators.combine(
            named(),
            listOf(values().optional()),
            Arbitraries.maps(instants(), bytes()).ofMaxSize(MOST))
        .as(Put::new);
  }

  static Arbitrary<Named> named() {
    return Combinators.combine(
            ids(),
            Arbitraries.longs(),
            items(parts(), Part::id),
            mapOf(texts(), Arbitraries.longs()))
        .as(Named::new);
  }

  static Arbitrary<Part> parts() {
    return Combinators.combine(Arbitraries.integers(), nullable(colors()), listOf(texts()))
        .as(Part::new);
  }

  private static Arbitrary<Lists> lists() {
    return Combinators.combine(
            items(named(), Named::name),
            items(parts(), Part::id),
            nullable(
                items(
                    Combinators.combine(Arbitraries.longs(), nullable(scalars())).as(Numbered::new),
                    Numbered::id)),
            items(Combinators.combine(uuids(), nothing()).as(Unique::new), Unique::id),
            items(
                Combinators.combine(Arbitraries.of(DayOfWeek.class), points().optional())
                    .as(Daily::new),
                Daily::id),
            listOf(parts()),
            nullable(texts()).list().ofMaxSize(MOST),
            listOf(listOf(parts())))
        .as(Lists::new);
  }

  private static Arbitrary<Maps> maps() {
    return Combinators.combine(
            mapOf(texts(), named()),
            mapOf(colors(), items(parts(), Part::id)),
            mapOf(Arbitraries.longs(), mapOf(Arbitraries.integers(), scalars())),
            mapOf(uuids(), nullable(values())),
            nullable(mapOf(Arbitraries.shorts(), texts())),
            mapOf(texts(), Arbitraries.longs()),
            mapOf(Arbitraries.of(true, false), Arbitraries.just(new Nothing()).set().ofMaxSize(1)))
        .as(Maps::new);
  }

  private static Arbitrary<Rest> rest() {
    return Combinators.combine(
            nothing(),
            nullable(points()),
            nullable(scalars()),
            values().optional(),
            Arbitraries.integers().optional().optional(),
            colors().set(),
            parts().set().ofMaxSize(MOST))
        .as(Rest::new);
  }

  private static Arbitrary<Scalars> scalars() {
    return Combinators.combine(
            Arbitraries.of(true, false),
            Arbitraries.bytes(),
            Arbitraries.shorts(),
            Arbitraries.integers(),
            Arbitraries.longs(),
            Arbitraries.chars().all(),
            floats(),
            doubles())
        .as(Scalars::new);
  }

  private static Arbitrary<Boxes> boxes() {
    return Combinators.combine(
            nullable(Arbitraries.of(true, false)),
            nullable(Arbitraries.bytes()),
            nullable(Arbitraries.shorts()),
            nullable(Arbitraries.integers()),
            nullable(Arbitraries.longs()),
            nullable(Arbitraries.chars().all()),
            nullable(floats()),
            nullable(doubles()))
        .as(Boxes::new);
  }

  private static Arbitrary<Values> values() {
    return Combinators.combine(
            nullable(texts()),
            nullable(bytes()),
            nullable(decimals()),
            nullable(uuids()),
            nullable(instants()),
            nullable(durations()),
            nullable(colors()))
        .as(Values::new);
  }

  /** Infinities, negative zero and what is no number among them. */
  static Arbitrary<Float> floats() {
    return Arbitraries.oneOf(
        Arbitraries.of(0f, -0f, Float.NaN, Float.NEGATIVE_INFINITY, Float.MIN_VALUE),
        Arbitraries.floats());
  }

  static Arbitrary<Double> doubles() {
    return Arbitraries.oneOf(
        Arbitraries.of(0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.MIN_VALUE),
        Arbitraries.doubles());
  }

  private static Arbitrary<Point> points() {
    return Combinators.combine(doubles(), doubles()).as(Point::new);
  }

  private static Arbitrary<@Nullable Nothing> nothing() {
    return nullable(Arbitraries.just(new Nothing()));
  }

  static Arbitrary<Color> colors() {
    return Arbitraries.of(Color.class);
  }

  /** With zeros, and with halves of surrogate pairs, which cannot be in a key. */
  static Arbitrary<String> texts() {
    return Arbitraries.frequencyOf(
        Tuple.of(9, ids()), Tuple.of(1, Arbitraries.strings().all().ofMaxLength(6)));
  }

  /** What can be in a key. */
  private static Arbitrary<String> ids() {
    return Arbitraries.strings()
        .withChars("ab\0\u00e9\uffff")
        .withCharRange(' ', '~')
        .ofMaxLength(8)
        .map(it -> it.replace("~", "\ud83d\ude00"));
  }

  private static Arbitrary<byte[]> bytes() {
    return Arbitraries.bytes().array(byte[].class).ofMaxSize(9);
  }

  private static Arbitrary<BigDecimal> decimals() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.integers().between(-400, 400))
        .as(BigDecimal::valueOf);
  }

  private static Arbitrary<UUID> uuids() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
  }

  static Arbitrary<Instant> instants() {
    return Combinators.combine(seconds(), nanos()).as(Instant::ofEpochSecond);
  }

  private static Arbitrary<Duration> durations() {
    return Combinators.combine(Arbitraries.longs(), nanos()).as(Duration::ofSeconds);
  }

  private static Arbitrary<Long> seconds() {
    return Arbitraries.longs().between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond());
  }

  private static Arbitrary<Integer> nanos() {
    return Arbitraries.integers().between(0, 999_999_999);
  }

  static <T> Arbitrary<List<T>> listOf(Arbitrary<T> elements) {
    return elements.list().ofMaxSize(MOST);
  }

  static <T> Arbitrary<List<T>> items(Arbitrary<T> items, Function<T, Object> id) {
    return items.list().ofMaxSize(MOST).uniqueElements(id);
  }

  static <K, V> Arbitrary<Map<K, V>> mapOf(Arbitrary<K> keys, Arbitrary<V> values) {
    return Arbitraries.maps(keys, values).ofMaxSize(MOST);
  }

  static <T> Arbitrary<@Nullable T> nullable(Arbitrary<T> values) {
    return values.injectNull(0.2);
  }
}
