package io.dgen.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The codecs of types that hold no other types. */
final class Scalars {

  private Scalars() {}

  static final class Booleans extends ScalarCodec<Boolean> {
    @Override
    void put(TermWriter out, Boolean value) {
      out.writeBoolean(value);
    }

    @Override
    Boolean get(TermReader in) {
      return in.readBoolean();
    }
  }

  /** All integers have one form, so that a key or component may become a wider one. */
  abstract static class Integers<T extends Number> extends KeyCodec<T> {
    @Override
    final void put(TermWriter out, T value) {
      out.writeLong(value.longValue());
    }

    @Override
    final void putName(TermWriter out, T key) {
      out.name(key.longValue());
    }

    @Override
    final T fromName(TermReader in, String name) {
      try {
        return parse(name);
      } catch (NumberFormatException e) {
        throw in.fail("the key " + name + " is not a number in range");
      }
    }

    @Override
    final Object element(T key) {
      return key.longValue();
    }

    @Override
    final T fromElement(Object element) {
      return parse(Long.toString((Long) element));
    }

    @Override
    final Comparator<T> order() {
      return Comparator.comparingLong(Number::longValue);
    }

    abstract T parse(String digits);
  }

  static final class Int8s extends Integers<Byte> {
    @Override
    Byte get(TermReader in) {
      return in.readByte();
    }

    @Override
    Byte parse(String digits) {
      return Byte.valueOf(digits);
    }
  }

  static final class Shorts extends Integers<Short> {
    @Override
    Short get(TermReader in) {
      return in.readShort();
    }

    @Override
    Short parse(String digits) {
      return Short.valueOf(digits);
    }
  }

  static final class Ints extends Integers<Integer> {
    @Override
    Integer get(TermReader in) {
      return in.readInt();
    }

    @Override
    Integer parse(String digits) {
      return Integer.valueOf(digits);
    }
  }

  static final class Longs extends Integers<Long> {
    @Override
    Long get(TermReader in) {
      return in.readLong();
    }

    @Override
    Long parse(String digits) {
      return Long.valueOf(digits);
    }
  }

  static final class Chars extends ScalarCodec<Character> {
    @Override
    void put(TermWriter out, Character value) {
      out.writeInt(value);
    }

    @Override
    Character get(TermReader in) {
      return in.readChar();
    }
  }

  static final class Floats extends ScalarCodec<Float> {
    @Override
    void put(TermWriter out, Float value) {
      out.writeFloat(value);
    }

    @Override
    Float get(TermReader in) {
      return in.readFloat();
    }
  }

  static final class Doubles extends ScalarCodec<Double> {
    @Override
    void put(TermWriter out, Double value) {
      out.writeDouble(value);
    }

    @Override
    Double get(TermReader in) {
      return in.readDouble();
    }
  }

  static final class Strings extends KeyCodec<String> {
    @Override
    void put(TermWriter out, String value) {
      out.writeString(value);
    }

    @Override
    String get(TermReader in) {
      return present(in, in.readString());
    }

    @Override
    boolean isName(@Nullable String key) {
      return key != null && Cbor.isWellFormed(key);
    }

    @Override
    void putName(TermWriter out, String key) {
      out.name(key);
    }

    @Override
    String fromName(TermReader in, String name) {
      return name;
    }

    @Override
    boolean isElement(@Nullable String key) {
      return key != null && isName(key) && isShort(key);
    }

    @Override
    Object element(String key) {
      return key;
    }

    @Override
    String fromElement(Object element) {
      return (String) element;
    }

    @Override
    Comparator<String> order() {
      return STRINGS;
    }
  }

  /** The one mutable scalar. */
  static final class Bytes implements TermCodec<byte[]> {
    @Override
    public void write(TermWriter out, byte @Nullable [] value) {
      out.writeBytes(value);
    }

    @Override
    public byte @Nullable [] read(TermReader in) {
      return in.readBytes();
    }

    @Override
    public byte @Nullable [] freeze(byte @Nullable [] value) {
      return value == null || value.length == 0 ? value : value.clone();
    }
  }

  static final class BigIntegers extends ScalarCodec<BigInteger> {
    @Override
    void put(TermWriter out, BigInteger value) {
      out.writeBigInteger(value);
    }

    @Override
    BigInteger get(TermReader in) {
      return present(in, in.readBigInteger());
    }
  }

  static final class BigDecimals extends ScalarCodec<BigDecimal> {
    @Override
    void put(TermWriter out, BigDecimal value) {
      out.writeBigDecimal(value);
    }

    @Override
    BigDecimal get(TermReader in) {
      return present(in, in.readBigDecimal());
    }
  }

  static final class Uuids extends KeyCodec<UUID> {

    /** As the tuple layer has them; {@link UUID#compareTo} takes the halves as signed. */
    private static final Comparator<UUID> UNSIGNED =
        (a, b) -> {
          int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
          return high != 0
              ? high
              : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
        };

    @Override
    void put(TermWriter out, UUID value) {
      out.tag(Cbor.TAG_UUID);
      out.writeBytes(
          ByteBuffer.allocate(16)
              .putLong(value.getMostSignificantBits())
              .putLong(value.getLeastSignificantBits())
              .array());
    }

    @Override
    UUID get(TermReader in) {
      byte[] bytes = present(in, in.readBytes());
      if (bytes.length != 16) {
        throw in.fail("expected the 16 bytes of a UUID, found " + bytes.length);
      }
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new UUID(buffer.getLong(), buffer.getLong());
    }

    @Override
    void putName(TermWriter out, UUID key) {
      out.name(key.toString());
    }

    @Override
    UUID fromName(TermReader in, String name) {
      try {
        return UUID.fromString(name);
      } catch (IllegalArgumentException e) {
        throw in.fail("the key " + name + " is not a UUID");
      }
    }

    @Override
    Object element(UUID key) {
      return key;
    }

    @Override
    UUID fromElement(Object element) {
      return (UUID) element;
    }

    @Override
    Comparator<UUID> order() {
      return UNSIGNED;
    }
  }

  /** Seconds and nanoseconds as RFC 9581 has them: {@code {1: seconds, -9: nanoseconds}}. */
  abstract static class Times<T> extends ScalarCodec<T> {

    private final int tag;
    private final String type;

    Times(int tag, String type) {
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

  static final class Instants extends Times<Instant> {
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

  static final class Durations extends Times<Duration> {
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

  /** Constants by name: they may be reordered, and new ones may come between. */
  static final class Enums<E extends Enum<E>> extends KeyCodec<E> {

    private final String type;
    private final Map<String, E> byName = new HashMap<>();

    Enums(String type, E[] constants) {
      this.type = type;
      for (E constant : constants) {
        byName.put(constant.name(), constant);
      }
    }

    @Override
    void put(TermWriter out, E value) {
      out.writeString(value.name());
    }

    @Override
    E get(TermReader in) {
      return fromName(in, present(in, in.readString()));
    }

    @Override
    void putName(TermWriter out, E key) {
      out.name(key.name());
    }

    @Override
    E fromName(TermReader in, String name) {
      E constant = byName.get(name);
      if (constant == null) {
        throw in.fail(
            "enum " + type + " has no constant " + name + "; is this node older than the writer?");
      }
      return constant;
    }

    @Override
    boolean isElement(@Nullable E key) {
      return key != null && isShort(key.name());
    }

    @Override
    Object element(E key) {
      return key.name();
    }

    @Override
    E fromElement(Object element) {
      E constant = byName.get((String) element);
      if (constant == null) {
        throw new CodecException(
            "enum "
                + type
                + " has no constant "
                + element
                + "; is this node older than the writer?");
      }
      return constant;
    }

    @Override
    Comparator<E> order() {
      return Comparator.comparing(Enum::name, STRINGS);
    }
  }

  /** The type whose one value is null. */
  static final class Nothing extends ScalarCodec<Void> {
    @Override
    void put(TermWriter out, Void value) {
      throw new CodecException("a Void that is not null cannot be written");
    }

    @Override
    Void get(TermReader in) {
      throw in.fail("expected null");
    }
  }

  /** Null was excluded before; what reads null all the same is a tagged one. */
  private static <T> T present(TermReader in, @Nullable T value) {
    if (value == null) {
      throw in.fail("unexpected null");
    }
    return value;
  }
}
