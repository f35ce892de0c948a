package io.dgen.internal.term;

import io.dgen.codec.CodecException;
import io.dgen.codec.TermWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Measures how large a term would be without writing it. The result is never too small, and too
 * large by no more than a few bytes for each fraction, since measuring must cost next to nothing.
 * For a value that may be endless it counts {@link Terms#MAX_BYTES}. Not thread-safe.
 */
final class TermMeter implements TermWriter, AutoCloseable {

  /** The head of an item whose number is not known to be small. */
  private static final int HEAD = 5;

  private long size;
  private int depth;

  /** Returns an upper bound of the number of bytes of the term that is written. */
  long size(Consumer<? super TermWriter> body) {
    try {
      body.accept(this);
    } catch (TooLarge e) {
      return size;
    }
    return size;
  }

  @Override
  public void writeNull() {
    size++;
  }

  @Override
  public void writeBoolean(boolean value) {
    size++;
  }

  @Override
  public void writeInt(int value) {
    writeLong(value);
  }

  @Override
  public void writeLong(long value) {
    long magnitude = value < 0 ? ~value : value;
    if (magnitude < 24) {
      size++;
    } else if (magnitude < 0x100) {
      size += 2;
    } else if (magnitude < 0x10000) {
      size += 3;
    } else if (magnitude < 0x1_0000_0000L) {
      size += 5;
    } else {
      size += 9;
    }
  }

  @Override
  public void writeFloat(float value) {
    size += 5;
  }

  @Override
  public void writeDouble(double value) {
    size += 9;
  }

  @Override
  public void writeString(@Nullable String value) {
    if (value == null) {
      size++;
      return;
    }
    text(value);
  }

  /**
   * Counts a text: as UTF-8, or as UTF-16 if it has an unpaired surrogate; a pair has four bytes in
   * both.
   */
  private void text(String value) {
    int length = value.length();
    long bytes = length;
    boolean hasSurrogate = false;
    for (int i = 0; i < length; i++) {
      char unit = value.charAt(i);
      if (unit >= 0x80) {
        boolean isSurrogate = Character.isSurrogate(unit);
        hasSurrogate |= isSurrogate;
        bytes += unit < 0x800 || isSurrogate ? 1 : 2;
      }
    }
    if (hasSurrogate && !Cbor.isWellFormed(value)) {
      bytes = 2L * length;
    }
    size += bytes + (bytes < 24 ? 1 : HEAD);
  }

  @Override
  public void writeBytes(byte @Nullable [] value) {
    size += value == null ? 1 : value.length + (long) HEAD;
  }

  @Override
  public void writeBigInteger(@Nullable BigInteger value) {
    size += value == null ? 1 : 1 + HEAD + value.bitLength() / 8L + 1;
  }

  @Override
  public void writeBigDecimal(@Nullable BigDecimal value) {
    size += value == null ? 1 : 16 + HEAD + value.unscaledValue().bitLength() / 8L + 1;
  }

  @Override
  public void startList(int count) {
    start();
  }

  @Override
  public void endList() {
    depth--;
  }

  @Override
  public void startMap(int count) {
    start();
  }

  private void start() {
    depth++;
    if (depth > Terms.MAX_DEPTH) {
      throw new CodecException(
          "cannot write term: it is nested deeper than " + Terms.MAX_DEPTH + " levels");
    }
    size += HEAD;
    if (size > Terms.MAX_BYTES) {
      throw new TooLarge();
    }
  }

  @Override
  public void name(String name) {
    text(name);
  }

  @Override
  public void name(long key) {
    writeLong(key);
  }

  @Override
  public void endMap() {
    depth--;
  }

  @Override
  public void tag(int tag) {
    size += HEAD;
  }

  @Override
  public void close() {}

  /** Ends the measuring of a value that may be endless. */
  private static final class TooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    TooLarge() {
      super(null, null, false, false);
    }
  }
}
