package io.dgen.tests.property;

import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Id;
import io.dgen.annotations.Term;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server whose state has every type that a component may have, in every encoding. */
@DistributedServer
interface Sample {

  enum Color {
    RED,
    GREEN,
    BLUE
  }

  record Scalars(boolean flag, byte b, short s, int i, long l, char c, float f, double d) {}

  record Boxes(
      @Nullable Boolean flag,
      @Nullable Byte b,
      @Nullable Short s,
      @Nullable Integer i,
      @Nullable Long l,
      @Nullable Character c,
      @Nullable Float f,
      @Nullable Double d) {}

  @SuppressWarnings("ArrayRecordComponent") // It is a type that we support.
  record Values(
      @Nullable String text,
      byte @Nullable [] bytes,
      @Nullable BigDecimal decimal,
      @Nullable UUID uuid,
      @Nullable Instant instant,
      @Nullable Duration duration,
      @Nullable Color color) {}

  record Nothing() {}

  @Term
  record Point(double x, double y) {}

  /** Each kind of id. */
  record Part(int id, @Nullable Color color, List<String> notes) {}

  record Named(@Id String name, long id, List<Part> parts, Map<String, Long> counts) {}

  record Numbered(Long id, @Nullable Scalars scalars) {}

  record Unique(UUID id, @Nullable Nothing nothing) {}

  record Daily(DayOfWeek id, Optional<Point> point) {}

  record Lists(
      List<Named> named,
      List<Part> parts,
      @Nullable List<Numbered> numbered,
      List<Unique> unique,
      List<Daily> daily,
      @Term List<Part> folded,
      List<@Nullable String> texts,
      List<List<Part>> deep) {}

  record Maps(
      Map<String, Named> byName,
      Map<Color, List<Part>> byColor,
      Map<Long, Map<Integer, Scalars>> byNumber,
      Map<UUID, @Nullable Values> byUuid,
      @Nullable Map<Short, String> byShort,
      @Term Map<String, Long> folded,
      Map<Boolean, Set<Nothing>> pairs) {}

  record Rest(
      @Nullable Nothing nothing,
      @Nullable Point point,
      @Term @Nullable Scalars folded,
      Optional<Values> maybe,
      Optional<Optional<Integer>> twice,
      Set<Color> colors,
      Set<Part> parts) {}

  record Times(
      @Nullable LocalDate date,
      @Nullable LocalTime time,
      @Nullable LocalDateTime dateTime,
      @Nullable OffsetDateTime offsetDateTime,
      @Nullable OffsetTime offsetTime,
      @Nullable ZonedDateTime zonedDateTime,
      @Nullable Year year,
      @Nullable YearMonth yearMonth) {}

  record Calendar(
      @Nullable MonthDay monthDay,
      @Nullable Period period,
      @Nullable ZoneId zone,
      @Nullable ZoneOffset offset,
      OptionalInt maybeInt,
      OptionalLong maybeLong,
      OptionalDouble maybeDouble,
      @Nullable BigInteger integer) {}

  @SuppressWarnings("ArrayRecordComponent") // It is a type that we support.
  record Arrays(
      boolean @Nullable [] flags,
      short @Nullable [] shorts,
      int[] ints,
      long[] longs,
      char[] chars,
      float[] floats,
      double[] doubles,
      @Nullable String[] texts) {}

  record Ordered(
      SequencedMap<String, Long> map,
      SequencedSet<Color> set,
      SequencedCollection<@Nullable String> texts) {}

  /** Generic. */
  record Pair<A, B>(@Nullable A first, @Nullable B second) {}

  /** Recursive. */
  record Tree(String name, List<Tree> children) {}

  /** Sealed, over records and an enum. */
  sealed interface Figure {
    record Circle(double radius) implements Figure {}

    record Group(List<Figure> members) implements Figure {}

    enum Fixed implements Figure {
      UNIT,
      VOID
    }
  }

  record More(
      @Nullable Times times,
      Calendar calendar,
      Arrays arrays,
      @Nullable Ordered ordered,
      Pair<String, List<Part>> pair,
      @Nullable Tree tree,
      List<Figure> figures,
      Map<String, Pair<Figure, Long>> pairs) {}

  record State(
      Scalars scalars,
      Boxes boxes,
      @Nullable Values values,
      Lists lists,
      Maps maps,
      Rest rest,
      More more) {}

  record Replace(State state) implements Cast {}

  record Put(Named named, List<Optional<Values>> values, Map<Instant, byte[]> bytes)
      implements Cast {}

  State init();

  State handleCast(Replace message, State state);

  State handleCast(Put message, State state);
}
