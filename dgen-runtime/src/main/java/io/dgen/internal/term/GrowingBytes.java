package io.dgen.internal.term;

import io.dgen.codec.CodecException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;

/**
 * A growing byte array. Unlike {@code ByteArrayOutputStream}, it is not synchronized, and gives
 * access to its array.
 */
public final class GrowingBytes extends OutputStream {

  private byte[] bytes = new byte[64];
  private int length;

  @Override
  public void write(int b) {
    ensure(1);
    bytes[length++] = (byte) b;
  }

  @Override
  public void write(byte[] source, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, source.length);
    ensure(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}

  public int length() {
    return length;
  }

  void clear() {
    length = 0;
  }

  public byte[] copy(int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }

  /** Returns whether the bytes before a position equal the bytes after it. */
  public boolean isRepeatedAt(int middle) {
    return Arrays.equals(bytes, 0, middle, bytes, middle, length);
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      long wanted = (long) length + more;
      if (wanted > Terms.MAX_BYTES) {
        throw new CodecException(
            "cannot write term: it has more than " + Terms.MAX_BYTES + " bytes, or is endless");
      }
      bytes = Arrays.copyOf(bytes, (int) Math.max(wanted, bytes.length * 2L));
    }
  }
}
