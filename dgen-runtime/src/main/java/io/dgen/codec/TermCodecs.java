package io.dgen.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The codecs of the types that are not records. All are stateless and thread-safe, and each keeps
 * null as CBOR null. The CBOR forms are those of {@code
 * docs/decisions/0006-terms-and-state-keys.md}.
 */
public final class TermCodecs {

  /** A CBOR boolean. */
  public static final TermCodec<Boolean> BOOLEAN = new Scalars.Booleans();

  /** A CBOR integer. */
  public static final TermCodec<Byte> BYTE = new Scalars.Int8s();

  /** A CBOR integer. */
  public static final TermCodec<Short> SHORT = new Scalars.Shorts();

  /** A CBOR integer. */
  public static final TermCodec<Integer> INT = new Scalars.Ints();

  /** A CBOR integer. */
  public static final TermCodec<Long> LONG = new Scalars.Longs();

  /** A CBOR integer: the UTF-16 code unit, which may be half of a pair. */
  public static final TermCodec<Character> CHAR = new Scalars.Chars();

  /** A CBOR float of 32 bits. */
  public static final TermCodec<Float> FLOAT = new Scalars.Floats();

  /** A CBOR float of 64 bits. */
  public static final TermCodec<Double> DOUBLE = new Scalars.Doubles();

  /** CBOR text. */
  public static final TermCodec<String> STRING = new Scalars.Strings();

  /** A CBOR byte string. */
  public static final TermCodec<byte[]> BYTES = new Scalars.Bytes();

  /** A CBOR integer, or a bignum where that is too short. */
  public static final TermCodec<BigInteger> BIG_INTEGER = new Scalars.BigIntegers();

  /** A CBOR decimal fraction (tag 4), with its scale. */
  public static final TermCodec<BigDecimal> BIG_DECIMAL = new Scalars.BigDecimals();

  /** A byte string of 16 bytes (tag 37). */
  public static final TermCodec<UUID> UUID = new Scalars.Uuids();

  /** Seconds and nanoseconds since 1970 (tag 1001). */
  public static final TermCodec<Instant> INSTANT = new Scalars.Instants();

  /** Seconds and nanoseconds (tag 1002). */
  public static final TermCodec<Duration> DURATION = new Scalars.Durations();

  /** CBOR null, for the reply of a {@code Call<Void>}. */
  public static final TermCodec<Void> NOTHING = new Scalars.Nothing();

  private TermCodecs() {}

  /**
   * The codec of an enum: the constant's name as text.
   *
   * @param type the enum's name, for errors
   * @param constants its constants
   * @param <E> the enum
   * @return the codec
   */
  public static <E extends Enum<E>> TermCodec<E> enums(String type, E[] constants) {
    return new Scalars.Enums<>(type, constants);
  }

  /**
   * The codec of an optional: the value, or null if it is empty.
   *
   * @param element the codec of the value
   * @param <T> the type of the value
   * @return the codec
   */
  public static <T> TermCodec<Optional<T>> optional(TermCodec<T> element) {
    return new OptionalCodec<>(element);
  }

  /**
   * The codec of a list: a CBOR array.
   *
   * @param element the codec of the elements
   * @param <E> the type of the elements
   * @return the codec
   */
  public static <E> TermCodec<List<E>> list(TermCodec<E> element) {
    return new ListCodec<>(element);
  }

  /**
   * The codec of a set: a CBOR array, in the set's order.
   *
   * @param element the codec of the elements
   * @param <E> the type of the elements
   * @return the codec
   */
  public static <E> TermCodec<Set<E>> set(TermCodec<E> element) {
    return new SetCodec<>(element);
  }

  /**
   * The codec of a map: a CBOR map if the keys are strings, integers, UUIDs or enums, otherwise
   * (and where one key is null) an array of pairs, in the map's order.
   *
   * @param key the codec of the keys
   * @param value the codec of the values
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @return the codec
   */
  public static <K, V> TermCodec<Map<K, V>> map(TermCodec<K> key, TermCodec<V> value) {
    return new MapCodec<>(key, value);
  }

  /**
   * The codec of a list in a state whose items have an id: one sub-path for each item.
   *
   * @param item the codec of the items
   * @param id gives an item's id
   * @param ids the codec of the ids: of strings, integers, UUIDs or an enum
   * @param <E> the type of the items
   * @param <I> the type of the ids
   * @return the codec
   */
  public static <E, I> AssignsCodec<List<E>> components(
      AssignsCodec<E> item, Function<E, @Nullable I> id, TermCodec<I> ids) {
    return new ComponentsCodec<>(item, id, elements(ids));
  }

  /**
   * The codec of a map in a state: one sub-path for each entry. It comes back in the order of its
   * keys.
   *
   * @param key the codec of the keys: of strings, integers, UUIDs or an enum
   * @param value the codec of the values; each is stored by its parts if that is an AssignsCodec
   * @param <K> the type of the keys
   * @param <V> the type of the values
   * @return the codec
   */
  public static <K, V> AssignsCodec<Map<K, V>> entries(TermCodec<K> key, TermCodec<V> value) {
    return new EntriesCodec<>(elements(key), value);
  }

  private static <K> KeyCodec<K> elements(TermCodec<K> codec) {
    if (codec instanceof KeyCodec<K> keys) {
      return keys;
    }
    throw new IllegalArgumentException("not a codec of what can be in a key: " + codec);
  }

  /**
   * A codec for a caller that does not know its type, such as that of a call's reply.
   *
   * @param codec a codec
   * @return the same codec; given a value of another type it throws {@link ClassCastException}
   */
  @SuppressWarnings("unchecked") // The caller gives it only what it read or what the type allows.
  public static TermCodec<Object> untyped(TermCodec<?> codec) {
    return (TermCodec<Object>) codec;
  }
}
