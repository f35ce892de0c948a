package io.dgen.generated.codec;

import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import org.jspecify.annotations.Nullable;

/** The codec of an immutable type: handles null, and has nothing to freeze. */
abstract class ScalarCodec<T> implements TermCodec<T> {

  abstract void put(TermWriter out, T value);

  abstract T get(TermReader in);

  @Override
  public final void write(TermWriter out, @Nullable T value) {
    if (value == null) {
      out.writeNull();
    } else {
      put(out, value);
    }
  }

  @Override
  public final @Nullable T read(TermReader in) {
    return in.readNull() ? null : get(in);
  }

  @Override
  public final @Nullable T freeze(@Nullable T value) {
    return value;
  }

  @Override
  public final boolean isImmutable() {
    return true;
  }

  /**
   * Checks that a value is not null. A plain null was handled before, so a null here is a tagged
   * one.
   */
  static <T> T present(TermReader in, @Nullable T value) {
    if (value == null) {
      throw in.fail("unexpected null");
    }
    return value;
  }
}
