package io.dgen.generated.codec;

import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import io.dgen.internal.term.Cbor;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.Locale;
import java.util.function.Function;

/**
 * The codecs of {@code java.time}: points and lengths of time as numbers, all others as ISO text.
 */
final class TimeCodecs {

  private static final DateTimeFormatter YEAR_MONTH =
      new DateTimeFormatterBuilder()
          .appendValue(ChronoField.YEAR, 4, 10, SignStyle.EXCEEDS_PAD)
          .appendLiteral('-')
          .appendValue(ChronoField.MONTH_OF_YEAR, 2)
          .toFormatter(Locale.ROOT);

  private TimeCodecs() {}

  /**
   * Returns the codec of year-months. It does not use {@link YearMonth#toString}: for years of five
   * digits that is a text that {@code YearMonth} does not parse.
   */
  static TermCodec<YearMonth> yearMonths() {
    return new TextCodec<>(
        "a year and month", YEAR_MONTH::format, text -> YearMonth.parse(text, YEAR_MONTH));
  }

  /** The codec of seconds and nanoseconds as in RFC 9581: {@code {1: seconds, -9: nanoseconds}}. */
  abstract static class Seconds<T> extends ScalarCodec<T> {

    private final int tag;
    private final String type;

    Seconds(int tag, String type) {
      this.tag = tag;
      this.type = type;
    }

    final void put(TermWriter out, long seconds, int nanos) {
      out.tag(tag);
      out.startMap(nanos == 0 ? 1 : 2);
      out.name(1);
      out.writeLong(seconds);
      if (nanos != 0) {
        out.name(-9);
        out.writeInt(nanos);
      }
      out.endMap();
    }

    @Override
    final T get(TermReader in) {
      long seconds = 0;
      int nanos = 0;
      in.startRecord(type);
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "1" -> seconds = in.readLong();
          case "-9" -> nanos = in.readInt();
          default -> throw in.fail("not a part of a time in seconds and nanoseconds");
        }
      }
      if (nanos < 0 || nanos > 999_999_999) {
        throw in.fail("nanoseconds must be 0 to 999999999, found " + nanos);
      }
      return make(seconds, nanos);
    }

    abstract T make(long seconds, int nanos);
  }

  static final class Instants extends Seconds<Instant> {
    Instants() {
      super(Cbor.TAG_INSTANT, "Instant");
    }

    @Override
    void put(TermWriter out, Instant value) {
      put(out, value.getEpochSecond(), value.getNano());
    }

    @Override
    Instant make(long seconds, int nanos) {
      return Instant.ofEpochSecond(seconds, nanos);
    }
  }

  static final class Durations extends Seconds<Duration> {
    Durations() {
      super(Cbor.TAG_DURATION, "Duration");
    }

    @Override
    void put(TermWriter out, Duration value) {
      put(out, value.getSeconds(), value.getNano());
    }

    @Override
    Duration make(long seconds, int nanos) {
      return Duration.ofSeconds(seconds, nanos);
    }
  }

  static final class Years extends ScalarCodec<Year> {
    @Override
    void put(TermWriter out, Year value) {
      out.writeInt(value.getValue());
    }

    @Override
    Year get(TermReader in) {
      int year = in.readInt();
      if (year < Year.MIN_VALUE || year > Year.MAX_VALUE) {
        throw in.fail("expected a year, found " + year);
      }
      return Year.of(year);
    }
  }

  /**
   * The codec of a zoned date-time. If the zone's rules have changed since, the local time is kept,
   * as users see it.
   */
  static final class ZonedDateTimes extends ScalarCodec<ZonedDateTime> {
    @Override
    void put(TermWriter out, ZonedDateTime value) {
      out.startList(3);
      out.writeString(value.toLocalDateTime().toString());
      out.writeString(value.getOffset().getId());
      out.writeString(value.getZone().getId());
      out.endList();
    }

    @Override
    ZonedDateTime get(TermReader in) {
      in.startList();
      LocalDateTime local = part(in, LocalDateTime::parse);
      ZoneOffset offset = part(in, ZoneOffset::of);
      ZoneId zone = part(in, ZoneId::of);
      if (in.hasNext()) {
        throw in.fail("expected a local time, an offset and a zone, found more");
      }
      return ZonedDateTime.ofLocal(local, zone, offset);
    }

    private static <T> T part(TermReader in, Function<String, T> parse) {
      if (!in.hasNext()) {
        throw in.fail("expected a local time, an offset and a zone, found less");
      }
      String text = present(in, in.readString());
      try {
        return parse.apply(text);
      } catch (DateTimeException e) {
        throw in.fail("expected a local time, an offset and a zone, found \"" + text + "\"");
      }
    }
  }
}
