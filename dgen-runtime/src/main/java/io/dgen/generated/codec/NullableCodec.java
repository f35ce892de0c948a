package io.dgen.generated.codec;

import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import io.dgen.internal.term.Cbor;
import org.jspecify.annotations.Nullable;

/**
 * The codec of a type whose empty value is written as null, so that a component may become optional
 * or cease to be. A null in place of such a value, which is legal but unwise, is written as a
 * tagged null.
 */
abstract class NullableCodec<T> implements TermCodec<T> {

  private final T empty;

  NullableCodec(T empty) {
    this.empty = empty;
  }

  /** Writes a value that is not empty. */
  abstract void put(TermWriter out, T value);

  /** Reads what {@link #put} wrote. */
  abstract T get(TermReader in);

  @Override
  public final void write(TermWriter out, @Nullable T value) {
    if (value == null) {
      out.tag(Cbor.TAG_NULL_OPTIONAL);
      out.writeNull();
    } else if (value.equals(empty)) {
      out.writeNull();
    } else {
      put(out, value);
    }
  }

  @Override
  public final @Nullable T read(TermReader in) {
    int tag = in.peekTag();
    if (in.readNull()) {
      return tag == Cbor.TAG_NULL_OPTIONAL ? null : empty;
    }
    return get(in);
  }

  @Override
  public @Nullable T freeze(@Nullable T value) {
    return value;
  }

  @Override
  public boolean isImmutable() {
    return true;
  }

  @Override
  public final T missing() {
    return empty;
  }
}
