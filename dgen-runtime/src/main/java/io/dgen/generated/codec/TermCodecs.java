package io.dgen.generated.codec;

import io.dgen.DelayedMessage;
import io.dgen.From;
import io.dgen.codec.TermCodec;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
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
import java.util.Currency;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
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
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The codecs of all types that are not records. All are stateless and thread-safe, and store null
 * as CBOR null. The CBOR forms are those of {@code docs/decisions/0006-terms-and-state-keys.md}.
 */
public final class TermCodecs {

  /** A CBOR boolean. */
  public static final TermCodec<Boolean> BOOLEAN = new Scalars.Booleans();

  /** A CBOR integer. */
  public static final TermCodec<Byte> BYTE = new IntegerCodec.Int8s();

  /** A CBOR integer. */
  public static final TermCodec<Short> SHORT = new IntegerCodec.Shorts();

  /** A CBOR integer. */
  public static final TermCodec<Integer> INT = new IntegerCodec.Ints();

  /** A CBOR integer. */
  public static final TermCodec<Long> LONG = new IntegerCodec.Longs();

  /** A CBOR integer: the UTF-16 code unit, which may be half of a surrogate pair. */
  public static final TermCodec<Character> CHAR = new Scalars.Chars();

  /** A CBOR float of 32 bits. */
  public static final TermCodec<Float> FLOAT = new Scalars.Floats();

  /** A CBOR float of 64 bits. */
  public static final TermCodec<Double> DOUBLE = new Scalars.Doubles();

  /** CBOR text. */
  public static final TermCodec<String> STRING = new Scalars.Strings();

  /** A CBOR byte string. */
  public static final TermCodec<byte[]> BYTES = new PrimitiveArrays.Bytes();

  /** A CBOR integer, or a bignum if the value does not fit into one. */
  public static final TermCodec<BigInteger> BIG_INTEGER = new Scalars.BigIntegers();

  /** A CBOR decimal fraction (tag 4), with its scale. */
  public static final TermCodec<BigDecimal> BIG_DECIMAL = new Scalars.BigDecimals();

  /** A byte string of 16 bytes (tag 37). */
  public static final TermCodec<UUID> UUID = new Scalars.Uuids();

  /** Seconds and nanoseconds since 1970 (tag 1001). */
  public static final TermCodec<Instant> INSTANT = new TimeCodecs.Instants();

  /** Seconds and nanoseconds (tag 1002). */
  public static final TermCodec<Duration> DURATION = new TimeCodecs.Durations();

  /** ISO text, such as 2007-12-03. */
  public static final TermCodec<LocalDate> LOCAL_DATE =
      new TextCodec<>("a local date", LocalDate::toString, LocalDate::parse);

  /** ISO text, such as 10:15:30. */
  public static final TermCodec<LocalTime> LOCAL_TIME =
      new TextCodec<>("a local time", LocalTime::toString, LocalTime::parse);

  /** ISO text, such as 2007-12-03T10:15:30. */
  public static final TermCodec<LocalDateTime> LOCAL_DATE_TIME =
      new TextCodec<>("a local date and time", LocalDateTime::toString, LocalDateTime::parse);

  /** ISO text, such as 2007-12-03T10:15:30+01:00. */
  public static final TermCodec<OffsetDateTime> OFFSET_DATE_TIME =
      new TextCodec<>(
          "a date and time with an offset", OffsetDateTime::toString, OffsetDateTime::parse);

  /** ISO text, such as 10:15:30+01:00. */
  public static final TermCodec<OffsetTime> OFFSET_TIME =
      new TextCodec<>("a time with an offset", OffsetTime::toString, OffsetTime::parse);

  /** A CBOR array of the local time, the offset and the zone, each as text. */
  public static final TermCodec<ZonedDateTime> ZONED_DATE_TIME = new TimeCodecs.ZonedDateTimes();

  /** A CBOR integer. */
  public static final TermCodec<Year> YEAR = new TimeCodecs.Years();

  /** ISO text, such as 2007-12. */
  public static final TermCodec<YearMonth> YEAR_MONTH = TimeCodecs.yearMonths();

  /** ISO text, such as --12-03. */
  public static final TermCodec<MonthDay> MONTH_DAY =
      new TextCodec<>("a month and day", MonthDay::toString, MonthDay::parse);

  /** ISO text, such as P1Y2M3D. */
  public static final TermCodec<Period> PERIOD =
      new TextCodec<>("a period", Period::toString, Period::parse);

  /** The zone's id as text. */
  public static final TermCodec<ZoneId> ZONE_ID =
      new TextCodec<>("a zone", ZoneId::getId, ZoneId::of);

  /** The offset's id as text, such as +01:00. */
  public static final TermCodec<ZoneOffset> ZONE_OFFSET =
      new TextCodec<>("an offset", ZoneOffset::getId, ZoneOffset::of);

  /** The URI as text, exactly as it was made. */
  public static final TermCodec<URI> URI =
      new TextCodec<>("a URI", Object::toString, java.net.URI::create);

  /** The currency's ISO 4217 code as text, such as EUR. */
  public static final TermCodec<Currency> CURRENCY =
      new TextCodec<>("a currency", Currency::getCurrencyCode, Currency::getInstance);

  /** The locale's language tag as text, such as de-CH. */
  public static final TermCodec<Locale> LOCALE =
      new TextCodec<>("a language tag", Locales::tag, Locales::of);

  /** The handle's text. */
  public static final TermCodec<DelayedMessage> DELAYED_MESSAGE =
      new TextCodec<>("a delayed message", DelayedMessage::text, DelayedMessage::new);

  /** The value as a CBOR integer, or null if it is empty. */
  public static final TermCodec<OptionalInt> OPTIONAL_INT = new OptionalNumbers.Ints();

  /** The value as a CBOR integer, or null if it is empty. */
  public static final TermCodec<OptionalLong> OPTIONAL_LONG = new OptionalNumbers.Longs();

  /** The value as a CBOR float of 64 bits, or null if it is empty. */
  public static final TermCodec<OptionalDouble> OPTIONAL_DOUBLE = new OptionalNumbers.Doubles();

  /** A CBOR array of booleans. */
  public static final TermCodec<boolean[]> BOOLEANS = new PrimitiveArrays.Booleans();

  /** A CBOR array of integers. */
  public static final TermCodec<short[]> SHORTS = new PrimitiveArrays.Shorts();

  /** A CBOR array of integers. */
  public static final TermCodec<int[]> INTS = new PrimitiveArrays.Ints();

  /** A CBOR array of integers. */
  public static final TermCodec<long[]> LONGS = new PrimitiveArrays.Longs();

  /** A CBOR array of integers: UTF-16 code units. */
  public static final TermCodec<char[]> CHARS = new PrimitiveArrays.Chars();

  /** A CBOR array of floats of 32 bits. */
  public static final TermCodec<float[]> FLOATS = new PrimitiveArrays.Floats();

  /** A CBOR array of floats of 64 bits. */
  public static final TermCodec<double[]> DOUBLES = new PrimitiveArrays.Doubles();

  /** CBOR null, for the reply of a {@code Call<Void>}. */
  public static final TermCodec<Void> NOTHING = new Scalars.Nothing();

  private TermCodecs() {}

  /**
   * Returns the codec of an enum: the constant's name as text.
   *
   * @param type the enum's name, for errors
   * @param constants its constants
   * @param <E> the enum
   * @return the codec
   */
  public static <E extends Enum<E>> TermCodec<E> enums(String type, E[] constants) {
    return enums(type, constants, Map.of());
  }

  /**
   * Returns the codec of an enum some of whose constants have former names.
   *
   * @param type the enum's name, for errors
   * @param constants its constants
   * @param formerNames the constants by their former names
   * @param <E> the enum
   * @return the codec
   */
  public static <E extends Enum<E>> TermCodec<E> enums(
      String type, E[] constants, Map<String, E> formerNames) {
    return new EnumCodec<>(type, constants, formerNames);
  }

  /**
   * Returns the codec of an optional: the value, or null if it is empty.
   *
   * @param element the codec of the value
   * @param <T> the type of the value
   * @return the codec
   */
  public static <T> TermCodec<Optional<T>> optional(TermCodec<T> element) {
    return new OptionalCodec<>(element);
  }

  /**
   * Returns the codec of a list: a CBOR array.
   *
   * @param element the codec of the elements
   * @param <E> the type of the elements
   * @return the codec
   */
  public static <E> TermCodec<List<E>> list(TermCodec<E> element) {
    return new CollectionCodec<>(element, Frozen::list, Frozen::isList);
  }

  /**
   * Returns the codec of a set: a CBOR array, in the set's order.
   *
   * @param element the codec of the elements
   * @param <E> the type of the elements
   * @return the codec
   */
  public static <E> TermCodec<Set<E>> set(TermCodec<E> element) {
    return new CollectionCodec<>(element, Frozen::set, Frozen::isSet);
  }

  /**
   * Returns the codec of a map: a CBOR map if the keys are strings, integers, UUIDs or enums,
   * otherwise (and if a key is null) an array of pairs, in the map's order.
   *
   * @param key the codec of the keys
   * @param value the codec of the values
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @return the codec
   */
  public static <K, V> TermCodec<Map<K, V>> map(TermCodec<K> key, TermCodec<V> value) {
    return new MapCodec<>(key, value, map -> map);
  }

  /**
   * Returns the codec of a sequenced collection: a CBOR array, in its order. It is read as a list.
   *
   * @param element the codec of the elements
   * @param <E> the type of the elements
   * @return the codec
   */
  public static <E> TermCodec<SequencedCollection<E>> sequencedCollection(TermCodec<E> element) {
    return new CollectionCodec<>(element, Frozen::list, Frozen::isList);
  }

  /**
   * Returns the codec of a sequenced set: a CBOR array, in its order.
   *
   * @param element the codec of the elements
   * @param <E> the type of the elements
   * @return the codec
   */
  public static <E> TermCodec<SequencedSet<E>> sequencedSet(TermCodec<E> element) {
    return new CollectionCodec<>(element, Frozen::set, Frozen::isSet);
  }

  /**
   * Returns the codec of a sequenced map, in the form of {@link #map}, in its order.
   *
   * @param key the codec of the keys
   * @param value the codec of the values
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @return the codec
   */
  public static <K, V> TermCodec<SequencedMap<K, V>> sequencedMap(
      TermCodec<K> key, TermCodec<V> value) {
    return new MapCodec<>(key, value, map -> map);
  }

  /**
   * Returns the codec of an {@code EnumSet}, in the form of {@link #set}. The sets that it reads
   * can be changed.
   *
   * @param type the enum
   * @param element the codec of the constants
   * @param <E> the enum
   * @return the codec
   */
  public static <E extends Enum<E>> TermCodec<EnumSet<E>> enumSet(
      Class<E> type, TermCodec<E> element) {
    return new EnumSetCodec<>(type, element);
  }

  /**
   * Returns the codec of an {@code EnumMap}, in the form of {@link #map}. The maps that it reads
   * can be changed.
   *
   * @param type the enum of the keys
   * @param key the codec of the keys
   * @param value the codec of the values
   * @param <K> the enum of the keys
   * @param <V> the type of the values
   * @return the codec
   */
  public static <K extends Enum<K>, V> TermCodec<EnumMap<K, V>> enumMap(
      Class<K> type, TermCodec<K> key, TermCodec<V> value) {
    return new EnumMapCodec<>(type, key, value);
  }

  /**
   * Returns the codec of an array of objects: a CBOR array.
   *
   * @param element the codec of the elements
   * @param make makes an array of the elements' class, of a given length
   * @param <E> the type of the elements
   * @return the codec; if {@code make} makes arrays of another class, reading throws {@link
   *     ClassCastException} or {@link ArrayStoreException}
   */
  public static <E> TermCodec<E[]> array(TermCodec<E> element, IntFunction<?> make) {
    return new ArrayCodec<>(element, make);
  }

  /**
   * Returns the codec of a sealed interface: a CBOR map with one entry, from the variant's name to
   * its value.
   *
   * @param type the interface's name, for errors
   * @param variants all variants of a value
   * @param <T> the interface
   * @return the codec
   */
  @SafeVarargs
  @SuppressWarnings("varargs") // List.of copies the array.
  public static <T> TermCodec<T> variants(String type, Variant<? extends T>... variants) {
    return new SealedCodec<>(type, List.of(variants));
  }

  /**
   * Returns a wrapper of a user's codec that never passes null to it: null is CBOR null.
   *
   * @param codec the codec
   * @param <T> the type of the values
   * @return a codec that stores null
   */
  public static <T> TermCodec<T> custom(TermCodec<T> codec) {
    return new CustomCodec<>(codec, false);
  }

  /**
   * Returns a wrapper as {@link #custom} does, for a type whose values are known never to change.
   *
   * @param codec the codec
   * @param <T> the type of the values
   * @return a codec that stores null
   */
  public static <T> TermCodec<T> customOfImmutable(TermCodec<T> codec) {
    return new CustomCodec<>(codec, true);
  }

  /**
   * Returns the codec of a list in a state whose items have an id: one sub-path for each item.
   *
   * @param item the codec of the items
   * @param id returns an item's id
   * @param ids the codec of the ids: of strings, integers, UUIDs or an enum
   * @param <E> the type of the items
   * @param <I> the type of the ids
   * @return the codec
   */
  public static <E, I> ComponentwiseCodec<List<E>> components(
      ComponentwiseCodec<E> item, Function<E, @Nullable I> id, TermCodec<I> ids) {
    return new ComponentsCodec<>(item, id, elements(ids));
  }

  /**
   * Returns the codec of a map in a state: one sub-path for each entry. It is read in the order of
   * its keys.
   *
   * @param key the codec of the keys: of strings, integers, UUIDs or an enum
   * @param value the codec of the values; each is stored by its parts if that is a
   *     ComponentwiseCodec
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @return the codec
   */
  public static <K, V> ComponentwiseCodec<Map<K, V>> entries(TermCodec<K> key, TermCodec<V> value) {
    return new EntriesCodec<>(elements(key), value);
  }

  /**
   * Returns the codec of an {@code EnumMap} in a state, in the form of {@link #entries}. The maps
   * that it reads can be changed.
   *
   * @param type the enum of the keys
   * @param key the codec of the keys
   * @param value the codec of the values; each is stored by its parts if that is a
   *     ComponentwiseCodec
   * @param <K> the enum of the keys
   * @param <V> the type of the values
   * @return the codec
   */
  public static <K extends Enum<K>, V> ComponentwiseCodec<EnumMap<K, V>> enumEntries(
      Class<K> type, TermCodec<K> key, TermCodec<V> value) {
    return new EnumEntriesCodec<>(type, elements(key), value);
  }

  /**
   * Returns the codec of callers that wait for a reply.
   *
   * @param reply the codec of the reply
   * @param <R> the reply's type
   * @return the codec
   */
  public static <R> TermCodec<From<R>> from(TermCodec<R> reply) {
    return new FromCodec<>(reply);
  }

  private static <K> KeyCodec<K> elements(TermCodec<K> codec) {
    if (codec instanceof KeyCodec<K> keys) {
      return keys;
    }
    throw new IllegalArgumentException(
        "a key's type must be a string, an integer, a UUID or an enum; found the codec " + codec);
  }

  /**
   * Returns a codec for a caller that does not know its type, such as that of a call's reply.
   *
   * @param codec a codec
   * @return the same codec; given a value of another type it throws {@link ClassCastException}
   */
  @SuppressWarnings(
      "unchecked") // The caller passes it only values that it read or that the type allows.
  public static TermCodec<Object> untyped(TermCodec<?> codec) {
    return (TermCodec<Object>) codec;
  }
}
