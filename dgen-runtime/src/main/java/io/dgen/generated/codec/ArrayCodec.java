package io.dgen.generated.codec;

import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** An array of objects as a CBOR array. */
final class ArrayCodec<E> implements TermCodec<E[]> {

  private final TermCodec<E> element;
  private final IntFunction<?> make;

  ArrayCodec(TermCodec<E> element, IntFunction<?> make) {
    this.element = element;
    this.make = make;
  }

  @SuppressWarnings("unchecked") // The array's elements are E, except for their type arguments.
  private @Nullable E[] ofLength(int length) {
    return (@Nullable E[]) make.apply(length);
  }

  @Override
  public void write(TermWriter out, E @Nullable [] value) {
    if (value == null) {
      out.writeNull();
      return;
    }
    out.startList(value.length);
    for (E item : value) {
      element.write(out, item);
    }
    out.endList();
  }

  @Override
  public E @Nullable [] read(TermReader in) {
    if (in.readNull()) {
      return null;
    }
    in.startList();
    List<@Nullable E> items = new ArrayList<>();
    while (in.hasNext()) {
      items.add(element.read(in));
    }
    return items.toArray(ofLength(0));
  }

  @Override
  public E @Nullable [] freeze(E @Nullable [] value) {
    if (value == null || value.length == 0) {
      return value;
    }
    E[] copy = value.clone();
    if (!element.isImmutable()) {
      TermCodec<Object> untyped = TermCodecs.untyped(element);
      Object[] items = copy;
      for (int i = 0; i < items.length; i++) {
        items[i] = untyped.freeze(items[i]);
      }
    }
    return copy;
  }

  @Override
  public E[] missing() {
    return ofLength(0);
  }
}
