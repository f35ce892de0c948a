package io.dgen.generated.codec;

import io.dgen.codec.CodecException;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a sealed interface, as a map with one entry: from the variant's name to the value. */
final class SealedCodec<T> implements TermCodec<T> {

  private final String type;
  private final Map<Class<?>, Variant<? extends T>> byClass = new HashMap<>();
  private final Map<String, Variant<? extends T>> byName = new HashMap<>();
  private final boolean immutable;

  SealedCodec(String type, List<Variant<? extends T>> variants) {
    this.type = type;
    for (Variant<? extends T> variant : variants) {
      byClass.put(variant.type(), variant);
      variant.formerNames().forEach(it -> byName.put(it, variant));
    }
    variants.forEach(it -> byName.put(it.name(), it));
    this.immutable = variants.stream().allMatch(it -> it.codec().isImmutable());
  }

  @Override
  public void write(TermWriter out, @Nullable T value) {
    if (value == null) {
      out.writeNull();
      return;
    }
    Variant<? extends T> variant = variantOf(value);
    out.startMap(1);
    out.name(variant.name());
    TermCodecs.untyped(variant.codec()).write(out, value);
    out.endMap();
  }

  @Override
  public @Nullable T read(TermReader in) {
    if (in.readNull()) {
      return null;
    }
    in.startRecord(type);
    String name = in.nextName();
    if (name == null) {
      throw in.fail("expected a variant of sealed " + type + ", found an empty map");
    }
    Variant<? extends T> variant = byName.get(name);
    if (variant == null) {
      throw in.fail(UnknownName.ofVariant(type, name));
    }
    if (!variant.name().equals(name)) {
      in.markOutdated();
    }
    T value = variant.codec().read(in);
    if (value == null) {
      throw in.fail("expected a " + name + ", found null");
    }
    if (in.nextName() != null) {
      throw in.fail("a value of sealed " + type + " must be one variant");
    }
    return value;
  }

  @Override
  @SuppressWarnings("unchecked") // A variant's codec freezes a value to the same variant.
  public @Nullable T freeze(@Nullable T value) {
    return value == null || immutable
        ? value
        : (T) TermCodecs.untyped(variantOf(value).codec()).freeze(value);
  }

  @Override
  public boolean isImmutable() {
    return immutable;
  }

  @Override
  public boolean isFixed() {
    return immutable || byClass.values().stream().allMatch(it -> it.codec().isFixed());
  }

  private Variant<? extends T> variantOf(T value) {
    // A constant of an enum may have a class of its own.
    Class<?> found = value instanceof Enum<?> it ? it.getDeclaringClass() : value.getClass();
    Variant<? extends T> variant = byClass.get(found);
    if (variant == null) {
      throw new CodecException(
          "sealed " + type + " has no variant " + found.getName() + "; compile the server again");
    }
    return variant;
  }
}
