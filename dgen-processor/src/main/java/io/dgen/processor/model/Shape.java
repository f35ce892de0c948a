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

  /** A type with a codec of its own in {@code io.dgen.codec}: a primitive, a box, a String ... */
  record Scalar(TypeName type) implements Shape {}

  /** An enum. */
  record Enum(ClassName type) implements Shape {}

  /** An {@code Optional}. */
  record Optional(TypeName type, Shape element) implements Shape {}

  /** A {@code List}. */
  record List(TypeName type, Shape element) implements Shape {}

  /** A {@code Set}. */
  record Set(TypeName type, Shape element) implements Shape {}

  /** A {@code Map}. */
  record Map(TypeName type, Shape key, Shape value) implements Shape {}

  /** A record, described by the {@link RecordModel} of the same type in {@link ServerModel}. */
  record Record(TypeName type) implements Shape {}
}
