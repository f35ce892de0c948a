package io.dgen.generated.codec;

import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The codec of an optional: empty is null, and present is the value itself. An optional in an
 * optional is a list of one, so that the two empty values differ.
 */
@SuppressWarnings("NullableOptional") // Records may have components of these types.
final class OptionalCodec<T> extends NullableCodec<Optional<T>> {

  private final TermCodec<T> element;
  private final boolean nested;

  OptionalCodec(TermCodec<T> element) {
    super(Optional.empty());
    this.element = element;
    this.nested = element instanceof NullableCodec;
  }

  @Override
  void put(TermWriter out, Optional<T> value) {
    if (nested) {
      out.startList(1);
      element.write(out, value.orElseThrow());
      out.endList();
    } else {
      element.write(out, value.orElseThrow());
    }
  }

  @Override
  Optional<T> get(TermReader in) {
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
  @SuppressWarnings("ReferenceEquality") // freeze returns the same instance if nothing changed.
  public @Nullable Optional<T> freeze(@Nullable Optional<T> value) {
    if (value == null || value.isEmpty() || element.isImmutable()) {
      return value;
    }
    T frozen = element.freeze(value.get());
    return frozen == value.get() ? value : Optional.ofNullable(frozen);
  }

  @Override
  public boolean isFixed() {
    return element.isFixed();
  }

  @Override
  public boolean isImmutable() {
    return element.isImmutable();
  }
}
