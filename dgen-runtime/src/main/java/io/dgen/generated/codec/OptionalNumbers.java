package io.dgen.generated.codec;

import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The codecs of the primitive optionals, in the form of an {@link OptionalCodec} of their boxes.
 */
@SuppressWarnings("NullableOptional") // Records may have components of these types.
final class OptionalNumbers {

  private OptionalNumbers() {}

  static final class Ints extends NullableCodec<OptionalInt> {
    Ints() {
      super(OptionalInt.empty());
    }

    @Override
    void put(TermWriter out, OptionalInt value) {
      out.writeInt(value.getAsInt());
    }

    @Override
    OptionalInt get(TermReader in) {
      return OptionalInt.of(in.readInt());
    }
  }

  static final class Longs extends NullableCodec<OptionalLong> {
    Longs() {
      super(OptionalLong.empty());
    }

    @Override
    void put(TermWriter out, OptionalLong value) {
      out.writeLong(value.getAsLong());
    }

    @Override
    OptionalLong get(TermReader in) {
      return OptionalLong.of(in.readLong());
    }
  }

  static final class Doubles extends NullableCodec<OptionalDouble> {
    Doubles() {
      super(OptionalDouble.empty());
    }

    @Override
    void put(TermWriter out, OptionalDouble value) {
      out.writeDouble(value.getAsDouble());
    }

    @Override
    OptionalDouble get(TermReader in) {
      return OptionalDouble.of(in.readDouble());
    }
  }
}
