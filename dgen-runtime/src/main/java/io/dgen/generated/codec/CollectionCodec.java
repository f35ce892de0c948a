package io.dgen.generated.codec;

import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A collection as a CBOR array, in its order. */
final class CollectionCodec<E, C extends Collection<E>> implements TermCodec<C> {

  private static final Object[] NOTHING = {};

  private final TermCodec<E> element;
  private final Function<Object[], C> frozen;
  private final Predicate<Object> isFrozen;

  /**
   * Creates a codec.
   *
   * @param element the codec of the elements
   * @param frozen makes an immutable collection from an array, which it takes over
   * @param isFrozen whether {@code frozen} has made a collection
   */
  CollectionCodec(TermCodec<E> element, Function<Object[], C> frozen, Predicate<Object> isFrozen) {
    this.element = element;
    this.frozen = frozen;
    this.isFrozen = isFrozen;
  }

  @Override
  public void write(TermWriter out, @Nullable C value) {
    if (value == null) {
      out.writeNull();
      return;
    }
    if (value instanceof Set<?>) {
      out.startSet(value.size());
    } else {
      out.startList(value.size());
    }
    for (E item : Ended.of(value)) {
      element.write(out, item);
    }
    out.endList();
  }

  @Override
  public @Nullable C read(TermReader in) {
    if (in.readNull()) {
      return null;
    }
    in.startList();
    // Grows with the elements that are really there: the stored length may be corrupt.
    List<@Nullable E> items = new ArrayList<>();
    while (in.hasNext()) {
      items.add(element.read(in));
    }
    return frozen.apply(items.toArray());
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // freeze returns the same instance if nothing changed.
  public @Nullable C freeze(@Nullable C value) {
    if (value == null || (element.isFixed() && isFrozen.test(value))) {
      return value;
    }
    boolean unmodifiable = Frozen.isUnmodifiable(value) || isFrozen.test(value);
    if (unmodifiable && element.isImmutable()) {
      return value;
    }
    Object[] items = Ended.toArray(value);
    boolean changed = !unmodifiable;
    if (!element.isImmutable()) {
      TermCodec<Object> untyped = TermCodecs.untyped(element);
      for (int i = 0; i < items.length; i++) {
        Object item = items[i];
        Object now = untyped.freeze(item);
        changed |= now != item;
        items[i] = now;
      }
    }
    return changed ? frozen.apply(items) : value;
  }

  @Override
  public boolean isFixed() {
    return element.isFixed();
  }

  @Override
  public C missing() {
    return frozen.apply(NOTHING);
  }
}
