package io.dgen.generated.codec;

import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import io.dgen.internal.term.Terms;
import org.jspecify.annotations.Nullable;

/** A wrapper of a user's codec that never passes null to it. */
final class CustomCodec<T> implements TermCodec<T> {

  private final TermCodec<T> codec;
  private final boolean immutable;

  /**
   * Creates a codec.
   *
   * @param codec the user's codec
   * @param immutable whether the type is known to be immutable, whatever the user's codec says
   */
  CustomCodec(TermCodec<T> codec, boolean immutable) {
    this.codec = codec;
    this.immutable = immutable || codec.isImmutable();
  }

  @Override
  public void write(TermWriter out, @Nullable T value) {
    if (value == null) {
      out.writeNull();
    } else {
      codec.write(out, value);
    }
  }

  @Override
  public @Nullable T read(TermReader in) {
    return in.readNull() ? null : codec.read(in);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // freeze returns the same instance if it made no copy.
  public @Nullable T freeze(@Nullable T value) {
    if (value == null || immutable) {
      return value;
    }
    T frozen = codec.freeze(value);
    return frozen == value ? copied(value) : frozen;
  }

  /** Returns a copy of a value that its codec does not copy, although its type may be mutable. */
  private @Nullable T copied(T value) {
    return Terms.decode(Terms.encode(out -> codec.write(out, value)), codec::read);
  }

  @Override
  public boolean isImmutable() {
    return immutable;
  }

  @Override
  public @Nullable T missing() {
    return codec.missing();
  }
}
