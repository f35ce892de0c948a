package io.dgen.store.model;

import io.dgen.store.Keys;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys from a first one up to, and without, an end. */
record Span(byte[] begin, byte[] end) {

  static Span point(byte[] key) {
    return new Span(key, Keys.after(key));
  }

  /** The smallest span that contains all of some. */
  static Span around(List<Span> spans) {
    byte[] begin = spans.get(0).begin;
    byte[] end = spans.get(0).end;
    for (Span span : spans) {
      begin = Arrays.compareUnsigned(span.begin, begin) < 0 ? span.begin : begin;
      end = Arrays.compareUnsigned(span.end, end) > 0 ? span.end : end;
    }
    return new Span(begin, end);
  }

  boolean isEmpty() {
    return Arrays.compareUnsigned(begin, end) >= 0;
  }

  boolean isPoint() {
    return Arrays.equals(end, Keys.after(begin));
  }

  boolean contains(byte[] key) {
    return Arrays.compareUnsigned(begin, key) <= 0 && Arrays.compareUnsigned(key, end) < 0;
  }

  boolean meets(Span other) {
    return !isEmpty()
        && !other.isEmpty()
        && Arrays.compareUnsigned(begin, other.end) < 0
        && Arrays.compareUnsigned(other.begin, end) < 0;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Span span
        && Arrays.equals(begin, span.begin)
        && Arrays.equals(end, span.end);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(begin) + Arrays.hashCode(end);
  }

  @Override
  public String toString() {
    return isPoint()
        ? Keys.printable(begin)
        : "[" + Keys.printable(begin) + ", " + Keys.printable(end) + ")";
  }
}
