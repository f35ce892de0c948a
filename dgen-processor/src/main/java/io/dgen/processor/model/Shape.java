package io.dgen.processor.model;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.TypeName;
import java.util.UUID;

/** What a declared type is made of, as the codecs see it. */
public sealed interface Shape {

  /**
   * The declared type.
   *
   * @return the type as written, primitive or boxed
   */
  TypeName type();

  /**
   * A type with a codec of its own in {@code io.dgen.codec}: a primitive, a box, a String ...
   *
   * @param type the declared type
   */
  record Scalar(TypeName type) implements Shape {}

  /**
   * An enum.
   *
   * @param type the declared type
   */
  record Enum(ClassName type) implements Shape {}

  /**
   * An {@code Optional}.
   *
   * @param type the declared type
   * @param element the shape of what is in it
   */
  record Optional(TypeName type, Shape element) implements Shape {}

  /**
   * A {@code List}.
   *
   * @param type the declared type
   * @param element the shape of what is in it
   */
  record List(TypeName type, Shape element) implements Shape {}

  /**
   * A {@code Set}.
   *
   * @param type the declared type
   * @param element the shape of what is in it
   */
  record Set(TypeName type, Shape element) implements Shape {}

  /**
   * A {@code Map}.
   *
   * @param type the declared type
   * @param key the shape of the keys
   * @param value the shape of the values
   */
  record Map(TypeName type, Shape key, Shape value) implements Shape {

    private static final java.util.Set<TypeName> KEYS =
        java.util.Set.of(
            TypeName.BYTE.box(),
            TypeName.SHORT.box(),
            TypeName.INT.box(),
            TypeName.LONG.box(),
            ClassName.get(String.class),
            ClassName.get(UUID.class));

    /**
     * Whether a key of the map can be in a key of the store.
     *
     * @return true for strings, integers, UUIDs and enums
     */
    public boolean hasNamedEntries() {
      return key instanceof Enum || KEYS.contains(key.type());
    }
  }

  /**
   * A record, described by the {@link RecordModel} of the same type in {@link ServerModel}.
   *
   * @param type the declared type, with its type arguments
   */
  record Record(TypeName type) implements Shape {}

  /**
   * A sealed interface, described by the {@link SealedModel} of the same type in {@link
   * ServerModel}.
   *
   * @param type the declared type, with its type arguments
   */
  record Sealed(TypeName type) implements Shape {}
}
