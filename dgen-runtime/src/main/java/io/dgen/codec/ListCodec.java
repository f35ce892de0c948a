package io.dgen.codec;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list as a CBOR array. */
final class ListCodec<E> implements TermCodec<List<E>> {

  private final TermCodec<E> element;

  ListCodec(TermCodec<E> element) {
    this.element = element;
  }

  @Override
  public void write(TermWriter out, @Nullable List<E> value) {
    if (value == null) {
      out.writeNull();
      return;
    }
    out.startList(value.size());
    for (E item : value) {
      element.write(out, item);
    }
    out.endList();
  }

  @Override
  public @Nullable List<E> read(TermReader in) {
    if (in.readNull()) {
      return null;
    }
    in.startList();
    // Grows with what is really there: the length that was written may be corrupt.
    List<@Nullable E> items = new ArrayList<>();
    while (in.hasNext()) {
      items.add(element.read(in));
    }
    return Frozen.list(items.toArray());
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // freeze says by its instance that nothing changed.
  public @Nullable List<E> freeze(@Nullable List<E> value) {
    if (value == null || Frozen.isFrozen(value)) {
      return value;
    }
    boolean unmodifiable = Frozen.isUnmodifiable(value);
    if (unmodifiable && element.isImmutable()) {
      return value;
    }
    Object[] items = value.toArray(new Object[0]);
    boolean changed = !unmodifiable;
    if (!element.isImmutable()) {
      TermCodec<Object> untyped = TermCodecs.untyped(element);
      for (int i = 0; i < items.length; i++) {
        Object item = items[i];
        Object frozen = untyped.freeze(item);
        changed |= frozen != item;
        items[i] = frozen;
      }
    }
    return changed ? Frozen.list(items) : value;
  }

  @Override
  public List<E> missing() {
    return Frozen.list(new Object[0]);
  }
}
