package io.dgen.tests.codec;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.From;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.UseCodec;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** A server with the types that {@link Everything} has not. */
@DistributedServer
interface Kinds {

  record Times(
      @Nullable LocalDate date,
      @Nullable LocalTime time,
      @Nullable LocalDateTime local,
      @Nullable OffsetDateTime offset,
      @Nullable OffsetTime offsetTime,
      @Nullable ZonedDateTime zoned,
      @Nullable Year year,
      @Nullable YearMonth yearMonth,
      @Nullable MonthDay monthDay,
      @Nullable Period period,
      @Nullable ZoneId zone,
      @Nullable ZoneOffset zoneOffset,
      @Nullable Month month,
      @Nullable DayOfWeek weekday) {}

  @SuppressWarnings("NullableOptional") // What a component may hold is what is kept.
  record Numbers(
      @Nullable BigInteger integer,
      @Nullable BigDecimal decimal,
      @Nullable OptionalInt maybeInt,
      @Nullable OptionalLong maybeLong,
      @Nullable OptionalDouble maybeDouble,
      Optional<OptionalInt> twice) {}

  @SuppressWarnings("ArrayRecordComponent") // They are types that we support.
  record Primitives(
      boolean @Nullable [] booleans,
      byte @Nullable [] bytes,
      short @Nullable [] shorts,
      int @Nullable [] ints,
      long @Nullable [] longs,
      char @Nullable [] chars,
      float @Nullable [] floats,
      double @Nullable [] doubles) {}

  @SuppressWarnings("ArrayRecordComponent") // They are types that we support.
  record Objects(
      String @Nullable [] strings,
      int[][] matrix,
      byte[][] blobs,
      String[][][] cube,
      Optional<Long>[] maybes,
      List<Money[]> purses,
      Boxed<Money>[] boxes) {}

  record Boxed<T>(T it) {}

  record Sequences(
      SequencedCollection<String> collection,
      SequencedSet<LocalDate> set,
      SequencedMap<String, Integer> map,
      Map<LocalDate, SequencedMap<Money, Long>> nested) {}

  /** A class of somebody else, for which there is a codec wherever it is used. */
  @UseCodec(MoneyCodec.class)
  final class Money implements Price {

    final String currency;
    final long cents;

    Money(String currency, long cents) {
      this.currency = currency;
      this.cents = cents;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Money that && currency.equals(that.currency) && cents == that.cents;
    }

    @Override
    public int hashCode() {
      return Long.hashCode(cents);
    }

    @Override
    public String toString() {
      return currency + cents;
    }
  }

  sealed interface Price {}

  record Free() implements Price {}

  final class MoneyCodec implements TermCodec<Money> {
    @Override
    public void write(TermWriter out, @Nullable Money value) {
      if (value == null) {
        throw new AssertionError("null was given to a codec of the user");
      }
      out.startList(2);
      out.writeString(value.currency);
      out.writeLong(value.cents);
      out.endList();
    }

    @Override
    public Money read(TermReader in) {
      in.startList();
      String currency = in.hasNext() ? in.readString() : null;
      long cents = in.hasNext() ? in.readLong() : 0;
      if (currency == null || in.hasNext()) {
        throw in.fail("expected a currency and cents");
      }
      return new Money(currency, cents);
    }
  }

  /** A codec of a type of the JDK. */
  final class UriCodec implements TermCodec<URI> {
    @Override
    public void write(TermWriter out, @Nullable URI value) {
      out.writeString(String.valueOf(value));
    }

    @Override
    public URI read(TermReader in) {
      return URI.create(String.valueOf(in.readString()));
    }
  }

  /** A codec of a type that can change. */
  final class BuilderCodec implements TermCodec<StringBuilder> {
    @Override
    public void write(TermWriter out, @Nullable StringBuilder value) {
      out.writeString(String.valueOf(value));
    }

    @Override
    public StringBuilder read(TermReader in) {
      return new StringBuilder(String.valueOf(in.readString()));
    }

    @Override
    public @Nullable StringBuilder freeze(@Nullable StringBuilder value) {
      return new StringBuilder(String.valueOf(value));
    }

    @Override
    public StringBuilder missing() {
      return new StringBuilder("missing");
    }
  }

  /** A codec of a primitive that has one already. */
  record HexCodec() implements TermCodec<Long> {
    @Override
    public void write(TermWriter out, @Nullable Long value) {
      out.writeString(Long.toHexString(value == null ? 0 : value));
    }

    @Override
    public Long read(TermReader in) {
      return Long.parseUnsignedLong(String.valueOf(in.readString()), 16);
    }
  }

  record Customs(
      @Nullable Money money,
      Map<String, Money> purse,
      List<Optional<Money>> moneys,
      Map<Money, Price> prices,
      @UseCodec(UriCodec.class) @Nullable URI uri,
      @UseCodec(HexCodec.class) long hex,
      @UseCodec(BuilderCodec.class) @Nullable StringBuilder text) {}

  /** It holds no {@code Waiter}, and so is not recursive: a list of it is stored by its items. */
  record Waiter(long id, @Nullable From<List<Waiter>> from, @Nullable From<Void> done) {}

  record State(
      Times times,
      Numbers numbers,
      Primitives primitives,
      @Nullable Objects objects,
      Sequences sequences,
      Customs customs,
      List<Waiter> waiters) {}

  record Replace(State state) implements Cast {}

  @SuppressWarnings("ArrayRecordComponent") // A message may have any type too.
  record Find(LocalDate since, @UseCodec(UriCodec.class) URI uri, String... words)
      implements Call<Money[]> {}

  State init();

  State handleCast(Replace message, State state);

  Money[] handleCall(Find message, State state);
}
