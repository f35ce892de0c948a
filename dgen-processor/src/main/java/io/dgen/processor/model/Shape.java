package io.dgen.processor.model;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.TypeName;

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
  record Map(TypeName type, Shape key, Shape value) implements Shape {}

  /**
   * A record, described by the {@link RecordModel} of the same type in {@link ServerModel}.
   *
   * @param type the declared type
   */
  record Record(TypeName type) implements Shape {}
}
