package io.dgen.codec;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Empty is null and present is the value itself, so that a component may become optional or cease
 * to be. An optional in an optional is a list of one, so that the two empties differ; a null where
 * an optional should be, which is legal if not wise, is a tagged null.
 */
@SuppressWarnings("NullableOptional") // What a component may hold is what is kept.
final class OptionalCodec<T> implements TermCodec<Optional<T>> {

  private final TermCodec<T> element;
  private final boolean nested;

  OptionalCodec(TermCodec<T> element) {
    this.element = element;
    this.nested = element instanceof OptionalCodec;
  }

  @Override
  public void write(TermWriter out, @Nullable Optional<T> value) {
    if (value == null) {
      out.tag(Cbor.TAG_NULL_OPTIONAL);
      out.writeNull();
    } else if (value.isEmpty()) {
      out.writeNull();
    } else if (nested) {
      out.startList(1);
      element.write(out, value.get());
      out.endList();
    } else {
      element.write(out, value.get());
    }
  }

  @Override
  public @Nullable Optional<T> read(TermReader in) {
    int tag = in.peekTag();
    if (in.readNull()) {
      return tag == Cbor.TAG_NULL_OPTIONAL ? null : Optional.empty();
    }
    if (!nested) {
      return Optional.ofNullable(element.read(in));
    }
    in.startList();
    Optional<T> value = Optional.ofNullable(in.hasNext() ? element.read(in) : null);
    if (value.isEmpty() || in.hasNext()) {
      throw in.fail("an optional in an optional must be a list of one");
    }
    return value;
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // freeze says by its instance that nothing changed.
  public @Nullable Optional<T> freeze(@Nullable Optional<T> value) {
    if (value == null || value.isEmpty() || element.isImmutable()) {
      return value;
    }
    T frozen = element.freeze(value.get());
    return frozen == value.get() ? value : Optional.ofNullable(frozen);
  }

  @Override
  public boolean isImmutable() {
    return element.isImmutable();
  }

  @Override
  public Optional<T> missing() {
    return Optional.empty();
  }
}
