package io.dgen.codec;

import org.jspecify.annotations.Nullable;

/** A codec that the user wrote, to which null is never given. */
final class CustomCodec<T> implements TermCodec<T> {

  private final TermCodec<T> codec;

  CustomCodec(TermCodec<T> codec) {
    this.codec = codec;
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
  public @Nullable T freeze(@Nullable T value) {
    return value == null ? null : codec.freeze(value);
  }

  @Override
  public boolean isImmutable() {
    return codec.isImmutable();
  }

  @Override
  public @Nullable T missing() {
    return codec.missing();
  }
}
