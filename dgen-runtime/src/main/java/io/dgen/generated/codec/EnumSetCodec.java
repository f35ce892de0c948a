package io.dgen.generated.codec;

import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An {@code EnumSet} in the form of a set. It can be changed, so a frozen one is a copy. */
final class EnumSetCodec<E extends Enum<E>> implements TermCodec<EnumSet<E>> {

  private final Class<E> type;
  private final TermCodec<Set<E>> set;

  EnumSetCodec(Class<E> type, TermCodec<E> element) {
    this.type = type;
    this.set = TermCodecs.set(element);
  }

  @Override
  public void write(TermWriter out, @Nullable EnumSet<E> value) {
    set.write(out, value);
  }

  @Override
  public @Nullable EnumSet<E> read(TermReader in) {
    Set<E> read = set.read(in);
    if (read == null) {
      return null;
    }
    if (read.contains(null)) {
      throw in.fail("an EnumSet cannot contain null");
    }
    EnumSet<E> value = missing();
    value.addAll(read);
    return value;
  }

  @Override
  public @Nullable EnumSet<E> freeze(@Nullable EnumSet<E> value) {
    return value == null ? null : value.clone();
  }

  /** Returns the set before if they are equal: then nothing has changed. */
  @Override
  public @Nullable EnumSet<E> freeze(@Nullable EnumSet<E> before, @Nullable EnumSet<E> after) {
    return before != null && before.equals(after) ? before : freeze(after);
  }

  @Override
  public EnumSet<E> missing() {
    return EnumSet.noneOf(type);
  }
}
