package io.dgen.codec;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A set as a CBOR array, in its order. */
final class SetCodec<E> implements TermCodec<Set<E>> {

  private final TermCodec<E> element;

  SetCodec(TermCodec<E> element) {
    this.element = element;
  }

  @Override
  public void write(TermWriter out, @Nullable Set<E> value) {
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
  public @Nullable Set<E> read(TermReader in) {
    if (in.readNull()) {
      return null;
    }
    in.startList();
    LinkedHashSet<@Nullable E> items = new LinkedHashSet<>();
    while (in.hasNext()) {
      items.add(element.read(in));
    }
    return Frozen.set(items);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // freeze says by its instance that nothing changed.
  public @Nullable Set<E> freeze(@Nullable Set<E> value) {
    if (value == null || Frozen.isFrozen(value)) {
      return value;
    }
    boolean unmodifiable = Frozen.isUnmodifiable(value);
    if (unmodifiable && element.isImmutable()) {
      return value;
    }
    LinkedHashSet<@Nullable E> items = LinkedHashSet.newLinkedHashSet(value.size());
    boolean changed = !unmodifiable;
    for (E item : value) {
      E frozen = element.freeze(item);
      changed |= frozen != item;
      items.add(frozen);
    }
    return changed ? Frozen.set(items) : value;
  }

  @Override
  public Set<E> missing() {
    return Frozen.set(new LinkedHashSet<>());
  }
}
