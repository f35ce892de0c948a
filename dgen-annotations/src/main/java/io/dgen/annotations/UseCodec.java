package io.dgen.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets the codec of a component, or of a type wherever it is used. It gives a codec to a type that
 * has none, and replaces the codec of a type that has one. On a component it takes precedence over
 * that of the component's type. A value with such a codec is stored as one value.
 *
 * <p>On a component it is a codec of the component's whole type: for a component {@code
 * List<Money>} it names a {@code TermCodec<List<Money>>}. To set one for the elements only,
 * annotate their type, or wrap them in a record.
 *
 * <p>It is not allowed on the state or a message, which always have a generated codec.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface UseCodec {

  /**
   * Returns the codec.
   *
   * @return a class that implements {@code io.dgen.codec.TermCodec} of exactly the annotated type
   *     (of its box, if it is primitive). It is neither abstract nor generic, is visible in the
   *     package of the server, and has a constructor without parameters that is visible there too
   *     and declares no checked exceptions. Generated code creates one instance for each server
   */
  Class<?> value();
}
