package io.dgen.store.model;

import io.dgen.store.Keys;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.NavigableMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One write of a transaction, and what it does to the rows of a store. */
sealed interface Write {

  /**
   * Does it.
   *
   * @param stamp the versionstamp of the transaction
   */
  void apply(NavigableMap<byte[], byte[]> rows, byte[] stamp);

  /** The keys that it writes. */
  Span written(byte[] stamp);

  record Put(byte[] key, byte[] value) implements Write {
    @Override
    public void apply(NavigableMap<byte[], byte[]> rows, byte[] stamp) {
      rows.put(key, value);
    }

    @Override
    public Span written(byte[] stamp) {
      return Span.point(key);
    }

    @Override
    public String toString() {
      return "set " + Keys.printable(key) + " = " + Keys.printable(value);
    }
  }

  record Clear(Span span) implements Write {
    @Override
    public void apply(NavigableMap<byte[], byte[]> rows, byte[] stamp) {
      rows.subMap(span.begin(), true, span.end(), false).clear();
    }

    @Override
    public Span written(byte[] stamp) {
      return span;
    }

    @Override
    public String toString() {
      return "clear " + span;
    }
  }

  /** Adds little-endian numbers of the operand's width. */
  record Add(byte[] key, byte[] operand) implements Write {
    @Override
    public void apply(NavigableMap<byte[], byte[]> rows, byte[] stamp) {
      rows.put(key, sum(rows.get(key)));
    }

    private byte[] sum(byte @Nullable [] before) {
      byte[] sum = operand.clone();
      int carry = 0;
      for (int i = 0; i < sum.length; i++) {
        int digit = before == null || i >= before.length ? 0 : before[i] & 0xFF;
        int total = digit + (sum[i] & 0xFF) + carry;
        sum[i] = (byte) total;
        carry = total / 256;
      }
      return sum;
    }

    @Override
    public Span written(byte[] stamp) {
      return Span.point(key);
    }

    @Override
    public String toString() {
      return "add " + Keys.printable(operand) + " to " + Keys.printable(key);
    }
  }

  /** Sets a key with the stamp in it. */
  record StampedKey(byte[] before, byte[] behind, byte[] value) implements Write {

    byte[] key(byte[] stamp) {
      return Keys.join(before, stamp, behind);
    }

    byte[] key(long version) {
      return key(ByteBuffer.allocate(10).putLong(version).array());
    }

    /** Every key that it could become if nothing were known. */
    Span hull() {
      return new Span(key(0), Keys.after(last()));
    }

    /** How many of the keys that it may become after a read version a span contains. */
    Part partIn(Span span, long readVersion) {
      byte[] first = key(readVersion + 1);
      if (span.contains(first) && span.contains(last())) {
        return Part.ALL;
      }
      // The possible key that follows the begin of the span has the stamp that stands in the begin,
      // or the next one.
      byte[] stamp = new byte[10];
      if (Keys.startsWith(span.begin(), before)) {
        int given = Math.min(10, span.begin().length - before.length);
        System.arraycopy(span.begin(), before.length, stamp, 0, given);
      }
      byte[] next = new BigInteger(1, stamp).add(BigInteger.ONE).toByteArray();
      byte[] nextStamp = new byte[10];
      int length = Math.min(10, next.length);
      System.arraycopy(next, next.length - length, nextStamp, 10 - length, length);
      Span possible = new Span(first, Keys.after(last()));
      boolean some =
          Stream.of(first, key(stamp), key(nextStamp))
              .anyMatch(key -> possible.contains(key) && span.contains(key));
      return some ? Part.SOME : Part.NONE;
    }

    byte[] last() {
      byte[] stamp = new byte[10];
      Arrays.fill(stamp, (byte) 0xFF);
      return key(stamp);
    }

    @Override
    public void apply(NavigableMap<byte[], byte[]> rows, byte[] stamp) {
      rows.put(key(stamp), value);
    }

    @Override
    public Span written(byte[] stamp) {
      return Span.point(key(stamp));
    }

    @Override
    public String toString() {
      return "set "
          + Keys.printable(before)
          + "<stamp>"
          + Keys.printable(behind)
          + " = "
          + Keys.printable(value);
    }
  }

  /** Sets a value with the stamp in it. */
  record StampedValue(byte[] key, byte[] before, byte[] behind) implements Write {
    @Override
    public void apply(NavigableMap<byte[], byte[]> rows, byte[] stamp) {
      rows.put(key, Keys.join(before, stamp, behind));
    }

    @Override
    public Span written(byte[] stamp) {
      return Span.point(key);
    }

    @Override
    public String toString() {
      return "set " + Keys.printable(key) + " = " + Keys.printable(before) + "<stamp>";
    }
  }

  /** How much of something. */
  enum Part {
    NONE,
    SOME,
    ALL
  }

  /** The given bytes around ten for a stamp, with the offset of these at the end. */
  static byte[] template(byte[] before, byte[] behind) {
    byte[] offset =
        ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(before.length).array();
    return Keys.join(before, new byte[10], behind, offset);
  }
}
