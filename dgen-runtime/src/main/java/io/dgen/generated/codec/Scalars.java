package io.dgen.generated.codec;

import io.dgen.codec.CodecException;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import io.dgen.internal.term.Cbor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The codecs of types that contain no other types. */
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

    /** The order of the tuple layer; {@link UUID#compareTo} compares the halves as signed. */
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

  /** The codec of the type whose only value is null. */
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
}
