package io.dgen.tests.codec;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.annotations.Default;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Term;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A server with names of the JDK and collections of enums, and its version without the latter. */
final class Palettes {

  /** The order of the constants is not that of their names. */
  enum Color {
    RED,
    GREEN,
    BLUE
  }

  record Part(long id, String name) {}

  record Names(
      @Nullable URI uri,
      @Nullable Currency currency,
      @Nullable Locale locale,
      List<URI> uris,
      Map<Currency, BigDecimal> prices,
      Map<Locale, String> titles) {}

  private Palettes() {}

  @DistributedServer(name = "Palettes")
  interface Earlier {

    record Colors(
        @Nullable Set<Color> set,
        @Nullable Map<Color, @Nullable Long> map,
        @Term Map<Color, Part> term,
        Map<Color, List<Part>> parts,
        Map<Color, Map<Color, Long>> nested,
        Optional<Set<Color>> maybe,
        Map<String, Set<Color>> byName,
        Set<Set<Color>> sets) {}

    record State(Names names, Earlier.Colors colors) {}

    record Put(Earlier.State state) implements Cast {}

    Earlier.State init();

    Earlier.State handleCast(Earlier.Put message, Earlier.State state);
  }

  @DistributedServer(name = "Palettes")
  interface Later {

    record Colors(
        @Nullable EnumSet<Color> set,
        @Nullable EnumMap<Color, @Nullable Long> map,
        @Term EnumMap<Color, Part> term,
        EnumMap<Color, List<Part>> parts,
        EnumMap<Color, EnumMap<Color, Long>> nested,
        Optional<EnumSet<Color>> maybe,
        Map<String, EnumSet<Color>> byName,
        Set<EnumSet<Color>> sets) {}

    record State(Names names, Later.Colors colors) {}

    record Put(Later.State state) implements Cast {}

    record Find(EnumSet<Color> colors) implements Call<EnumMap<Color, URI>> {}

    Later.State init();

    Later.State handleCast(Later.Put message, Later.State state);

    EnumMap<Color, URI> handleCall(Find message, Later.State state);
  }

  /** Components that are not stored. */
  record Marked(
      @Default("a:b") @Nullable URI uri,
      @Default("EUR") @Nullable Currency currency,
      @Default("fr-CA") @Nullable Locale locale,
      @Default("red()") @Nullable EnumSet<Color> set,
      EnumSet<Color> unmarkedSet,
      EnumMap<Color, Long> unmarkedMap) {

    static EnumSet<Color> red() {
      return EnumSet.of(Color.RED);
    }
  }

  @DistributedServer(state = Marked.class)
  interface Defaulted {

    record Put(Marked marked) implements Cast {}

    Marked init();

    Marked handleCast(Defaulted.Put message, Marked state);
  }
}
