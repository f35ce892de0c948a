package io.dgen.generated.codec;

import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The codecs of arrays of primitives. */
final class PrimitiveArrays {

  private PrimitiveArrays() {}

  /** A byte string. */
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

    @Override
    public byte @Nullable [] freeze(byte @Nullable [] before, byte @Nullable [] after) {
      return Arrays.equals(before, after) ? before : freeze(after);
    }

    @Override
    public byte[] missing() {
      return new byte[0];
    }
  }

  /** A CBOR array of the elements, in the form of a list of them. */
  abstract static class Numbers<A> implements TermCodec<A> {

    private static final int FIRST_LENGTH = 10;

    abstract int length(A array);

    abstract A ofLength(int length);

    abstract void put(TermWriter out, A array, int index);

    abstract void get(TermReader in, A array, int index);

    @Override
    public final void write(TermWriter out, @Nullable A value) {
      if (value == null) {
        out.writeNull();
        return;
      }
      int length = length(value);
      out.startList(length);
      for (int i = 0; i < length; i++) {
        put(out, value, i);
      }
      out.endList();
    }

    @Override
    public final @Nullable A read(TermReader in) {
      if (in.readNull()) {
        return null;
      }
      in.startList();
      A array = ofLength(FIRST_LENGTH);
      int length = 0;
      while (in.hasNext()) {
        if (length == length(array)) {
          // Grows with the elements that are really there: the stored length may be corrupt.
          array = copy(array, length, length * 2);
        }
        get(in, array, length);
        length++;
      }
      return copy(array, length, length);
    }

    @Override
    public final @Nullable A freeze(@Nullable A value) {
      return value == null ? null : copy(value, length(value), length(value));
    }

    /** Returns the array before if the elements are equal: then nothing has changed. */
    @Override
    public @Nullable A freeze(@Nullable A before, @Nullable A after) {
      return Objects.deepEquals(before, after) ? before : freeze(after);
    }

    @Override
    public final A missing() {
      return ofLength(0);
    }

    @SuppressWarnings("SuspiciousSystemArraycopy") // An A is an array.
    private A copy(A array, int filled, int length) {
      A copy = ofLength(length);
      System.arraycopy(array, 0, copy, 0, filled);
      return copy;
    }
  }

  static final class Booleans extends Numbers<boolean[]> {
    @Override
    int length(boolean[] array) {
      return array.length;
    }

    @Override
    boolean[] ofLength(int length) {
      return new boolean[length];
    }

    @Override
    void put(TermWriter out, boolean[] array, int index) {
      out.writeBoolean(array[index]);
    }

    @Override
    void get(TermReader in, boolean[] array, int index) {
      array[index] = in.readBoolean();
    }
  }

  static final class Shorts extends Numbers<short[]> {
    @Override
    int length(short[] array) {
      return array.length;
    }

    @Override
    short[] ofLength(int length) {
      return new short[length];
    }

    @Override
    void put(TermWriter out, short[] array, int index) {
      out.writeInt(array[index]);
    }

    @Override
    void get(TermReader in, short[] array, int index) {
      array[index] = in.readShort();
    }
  }

  static final class Ints extends Numbers<int[]> {
    @Override
    int length(int[] array) {
      return array.length;
    }

    @Override
    int[] ofLength(int length) {
      return new int[length];
    }

    @Override
    void put(TermWriter out, int[] array, int index) {
      out.writeInt(array[index]);
    }

    @Override
    void get(TermReader in, int[] array, int index) {
      array[index] = in.readInt();
    }
  }

  static final class Longs extends Numbers<long[]> {
    @Override
    int length(long[] array) {
      return array.length;
    }

    @Override
    long[] ofLength(int length) {
      return new long[length];
    }

    @Override
    void put(TermWriter out, long[] array, int index) {
      out.writeLong(array[index]);
    }

    @Override
    void get(TermReader in, long[] array, int index) {
      array[index] = in.readLong();
    }
  }

  static final class Chars extends Numbers<char[]> {
    @Override
    int length(char[] array) {
      return array.length;
    }

    @Override
    char[] ofLength(int length) {
      return new char[length];
    }

    @Override
    void put(TermWriter out, char[] array, int index) {
      out.writeInt(array[index]);
    }

    @Override
    void get(TermReader in, char[] array, int index) {
      array[index] = in.readChar();
    }
  }

  static final class Floats extends Numbers<float[]> {
    /** Always copies, since equality does not distinguish one NaN from another. */
    @Override
    public float @Nullable [] freeze(float @Nullable [] before, float @Nullable [] after) {
      return freeze(after);
    }

    @Override
    int length(float[] array) {
      return array.length;
    }

    @Override
    float[] ofLength(int length) {
      return new float[length];
    }

    @Override
    void put(TermWriter out, float[] array, int index) {
      out.writeFloat(array[index]);
    }

    @Override
    void get(TermReader in, float[] array, int index) {
      array[index] = in.readFloat();
    }
  }

  static final class Doubles extends Numbers<double[]> {
    /** Always copies, since equality does not distinguish one NaN from another. */
    @Override
    public double @Nullable [] freeze(double @Nullable [] before, double @Nullable [] after) {
      return freeze(after);
    }

    @Override
    int length(double[] array) {
      return array.length;
    }

    @Override
    double[] ofLength(int length) {
      return new double[length];
    }

    @Override
    void put(TermWriter out, double[] array, int index) {
      out.writeDouble(array[index]);
    }

    @Override
    void get(TermReader in, double[] array, int index) {
      array[index] = in.readDouble();
    }
  }
}
