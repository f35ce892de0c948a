package io.dgen.generated.codec;

import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.Comparator;

/** The codec of integers. All have one form, so that a key or component may be widened. */
abstract class IntegerCodec<T extends Number> extends KeyCodec<T> {
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

  static final class Int8s extends IntegerCodec<Byte> {
    @Override
    Byte get(TermReader in) {
      return in.readByte();
    }

    @Override
    Byte parse(String digits) {
      return Byte.valueOf(digits);
    }
  }

  static final class Shorts extends IntegerCodec<Short> {
    @Override
    Short get(TermReader in) {
      return in.readShort();
    }

    @Override
    Short parse(String digits) {
      return Short.valueOf(digits);
    }
  }

  static final class Ints extends IntegerCodec<Integer> {
    @Override
    Integer get(TermReader in) {
      return in.readInt();
    }

    @Override
    Integer parse(String digits) {
      return Integer.valueOf(digits);
    }
  }

  static final class Longs extends IntegerCodec<Long> {
    @Override
    Long get(TermReader in) {
      return in.readLong();
    }

    @Override
    Long parse(String digits) {
      return Long.valueOf(digits);
    }
  }
}
