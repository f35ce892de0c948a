package io.dgen.tests.codec;

import io.dgen.Cast;
import io.dgen.annotations.Default;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Term;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Components that an earlier version did not have, with and without a default. */
interface Defaults {

  /** The version that had one component. */
  @DistributedServer(name = "Defaults")
  interface Earlier {
    record State(int kept) {}

    record Put(int kept) implements Cast {}

    Earlier.State init();

    Earlier.State handleCast(Earlier.Put message, Earlier.State state);
  }

  enum Color {
    RED,
    GREEN
  }

  record Place(String id, @Default("FR") String country) {}

  record Unmarked(
      boolean flag,
      byte b,
      short s,
      int i,
      long l,
      char c,
      float f,
      double d,
      @Nullable Boolean boxedFlag,
      @Nullable Long boxedLong,
      @Nullable String text,
      @Nullable Color color,
      @Nullable UUID uuid,
      @Nullable Instant instant,
      @Nullable Duration duration,
      @Nullable BigDecimal decimal,
      byte @Nullable [] bytes,
      @Nullable Place place,
      Optional<String> optional,
      Optional<Optional<String>> twice,
      List<String> list,
      List<Place> places,
      Set<Color> set,
      Map<String, Place> entries,
      Map<Place, String> map) {}

  @SuppressWarnings("NullableOptional") // Kept, whatever is wise.
  record Marked(
      @Default("true") boolean flag,
      @Default("-128") byte b,
      @Default("-32768") short s,
      @Default("-2147483648") int i,
      @Default("-9223372036854775808") long l,
      @Default("'") char c,
      @Default("NaN") float f,
      @Default("-Infinity") double d,
      @Default("1.5e3") double number,
      @Default("7") @Nullable Byte boxedByte,
      @Default("8") @Nullable Long boxedLong,
      @Default("\"\\ a\n\u00e9\ud800$L") @Nullable String text,
      @Default("") @Nullable String empty,
      @Default("GREEN") @Nullable Color color,
      @Default("00000000-0000-0001-0000-00000000000A") @Nullable UUID uuid,
      @Default("2026-01-31T12:00:00.000000001Z") @Nullable Instant instant,
      @Default("PT1H") @Nullable Duration duration,
      @Default("1.50") @Nullable BigDecimal decimal,
      @Default("5") @Nullable Optional<Integer> optional,
      @Default("first()") @Nullable Place place,
      @Default("two()") @Nullable List<Place> places,
      @Default("two()") @Term @Nullable List<Place> term,
      @Default("red()") @Nullable Set<Color> colors,
      @Default("named()") @Nullable Map<String, Place> byName) {

    static Place first() {
      return new Place("first", "IT");
    }

    static List<Place> two() {
      return new java.util.ArrayList<>(List.of(new Place("a", "IT"), new Place("b", "ES")));
    }

    static Set<Color> red() {
      return Set.of(Color.RED);
    }

    static Map<String, Place> named() {
      return Map.of("x", first(), "y", first());
    }
  }

  /** The version that has more: in the state itself, in a message, and in a nested record. */
  @DistributedServer(name = "Defaults")
  interface Later {
    record State(int kept, @Nullable Unmarked unmarked, @Term @Nullable Marked marked) {}

    record Put(int kept, @Nullable Unmarked unmarked, @Nullable Marked marked) implements Cast {}

    Later.State init();

    Later.State handleCast(Later.Put message, Later.State state);
  }

  /** A state that is the record itself. */
  @DistributedServer(name = "Defaults", state = Marked.class)
  interface AllMarked {
    record Put(@Default("40") int kept, @Default("first()") Place place) implements Cast {
      static Place first() {
        return Marked.first();
      }
    }

    Marked init();

    Marked handleCast(AllMarked.Put message, Marked state);
  }

  /** A state that is the record itself. */
  @DistributedServer(name = "Defaults", state = Unmarked.class)
  interface AllUnmarked {
    record Put(int kept) implements Cast {}

    Unmarked init();

    Unmarked handleCast(AllUnmarked.Put message, Unmarked state);
  }

  /** A server that was {@link Kinds} when its records had only one component. */
  @DistributedServer(name = "Kinds")
  interface EarlierKinds {
    record One(int kept) {}

    record State(One times, One numbers, One primitives, One objects, One sequences, One customs) {}

    record Replace(EarlierKinds.State state) implements Cast {}

    EarlierKinds.State init();

    EarlierKinds.State handleCast(EarlierKinds.Replace message, EarlierKinds.State state);
  }

  /** A server that was {@link Forms} when its state had only one component. */
  @DistributedServer(name = "Forms")
  interface EarlierForms {
    record State(int kept) {}

    record Replace(EarlierForms.State state) implements Cast {}

    EarlierForms.State init();

    EarlierForms.State handleCast(EarlierForms.Replace message, EarlierForms.State state);
  }
}
