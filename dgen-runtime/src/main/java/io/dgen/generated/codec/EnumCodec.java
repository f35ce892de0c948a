package io.dgen.generated.codec;

import io.dgen.codec.CodecException;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The codec of an enum, by constant name: constants may be reordered, and new ones inserted. */
final class EnumCodec<E extends Enum<E>> extends KeyCodec<E> {

  private final String type;
  private final Map<String, E> byName;

  EnumCodec(String type, E[] constants, Map<String, E> formerNames) {
    this.type = type;
    this.byName = new HashMap<>(formerNames);
    for (E constant : constants) {
      byName.put(constant.name(), constant);
    }
  }

  @Override
  void put(TermWriter out, E value) {
    out.writeString(value.name());
  }

  @Override
  E get(TermReader in) {
    return fromName(in, present(in, in.readString()));
  }

  @Override
  void putName(TermWriter out, E key) {
    out.name(key.name());
  }

  @Override
  E fromName(TermReader in, String name) {
    E constant = byName.get(name);
    if (constant == null) {
      throw in.fail(UnknownName.ofConstant(type, name));
    }
    if (!constant.name().equals(name)) {
      in.markOutdated();
    }
    return constant;
  }

  @Override
  boolean isElement(@Nullable E key) {
    return key != null && isShort(key.name());
  }

  @Override
  Object element(E key) {
    return key.name();
  }

  @Override
  E fromElement(Object element) {
    E constant = byName.get((String) element);
    if (constant == null) {
      throw new CodecException(UnknownName.ofConstant(type, (String) element));
    }
    return constant;
  }

  @Override
  Comparator<E> order() {
    return Comparator.comparing(Enum::name, STRINGS);
  }
}
