package io.dgen.processor.model;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.UUID;

/** The structure of a declared type, as the codecs see it. */
public sealed interface Shape {

  /**
   * Returns the declared type.
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
   * A {@code List} or a {@code SequencedCollection}.
   *
   * @param type the declared type
   * @param element the shape of what is in it
   */
  record List(TypeName type, Shape element) implements Shape {

    /**
     * Returns whether it is the {@code SequencedCollection}.
     *
     * @return true if so: it is not a list, so it is not stored item by item
     */
    public boolean isSequenced() {
      return isOf(type, SequencedCollection.class);
    }
  }

  /**
   * A {@code Set}, a {@code SequencedSet} or an {@code EnumSet}.
   *
   * @param type the declared type
   * @param element the shape of what is in it
   */
  record Set(TypeName type, Shape element) implements Shape {

    /**
     * Returns whether it is the {@code SequencedSet}.
     *
     * @return true if so
     */
    public boolean isSequenced() {
      return isOf(type, SequencedSet.class);
    }

    /**
     * Returns whether it is the {@code EnumSet}.
     *
     * @return true if so: it can be changed in place
     */
    public boolean isEnumSet() {
      return isOf(type, EnumSet.class);
    }
  }

  /**
   * A {@code Map}, a {@code SequencedMap} or an {@code EnumMap}.
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
     * Returns whether it is the {@code SequencedMap}.
     *
     * @return true if so: its order is its own, not that of the keys in the store
     */
    public boolean isSequenced() {
      return isOf(type, SequencedMap.class);
    }

    /**
     * Returns whether it is the {@code EnumMap}.
     *
     * @return true if so: it can be changed in place
     */
    public boolean isEnumMap() {
      return isOf(type, EnumMap.class);
    }

    /**
     * Returns whether the map can be stored entry by entry.
     *
     * @return true if its keys are strings, integers, UUIDs or enums, and it may be in their order
     */
    public boolean hasNamedEntries() {
      return !isSequenced()
          && (key instanceof Enum || (key instanceof Scalar && KEYS.contains(key.type())));
    }
  }

  /**
   * An array of objects or of arrays; one of primitives is a scalar.
   *
   * @param type the declared type
   * @param element the shape of what is in it
   */
  record Array(ArrayTypeName type, Shape element) implements Shape {}

  /**
   * A {@code From}: it holds no reply, but its codec holds that of the reply.
   *
   * @param type the declared type
   * @param reply the shape of the reply
   */
  record From(TypeName type, Shape reply) implements Shape {}

  /**
   * A type with a codec that the user names.
   *
   * @param type the declared type
   * @param codec the codec's class
   * @param isImmutable whether the type tells by itself that its values never change
   */
  record Custom(TypeName type, ClassName codec, boolean isImmutable) implements Shape {}

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

  private static boolean isOf(TypeName type, Class<?> raw) {
    return type instanceof ParameterizedTypeName it && it.rawType.equals(ClassName.get(raw));
  }
}
