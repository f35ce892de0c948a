package io.dgen.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Says what a component reads as in data that was written before the record had it. Without it that
 * is 0, false, an empty collection or array, an empty optional or null.
 *
 * <p>The text is checked when the code is compiled. It is
 *
 * <ul>
 *   <li>a value, for primitives and their boxes, {@code String} (the text itself), {@code char}
 *       (one UTF-16 unit), enums (the constant's name), {@code BigInteger}, {@code BigDecimal},
 *       {@code UUID} and the types of {@code java.time} (as their {@code parse} or {@code of} reads
 *       it), and for an {@code Optional} of such a type (the value in it);
 *   <li>for any other type a method, such as {@code "noTags()"}: static, without parameters, not
 *       private, in the record that has the component, and returning the component's type. It is
 *       called at each read that misses the component, so it returns the same at any time and on
 *       any node.
 * </ul>
 *
 * <p>A component of a state, of a message or of a record in them may have it. It is never taken for
 * a null that was stored.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {

  /**
   * Returns the value, or the method that gives it.
   *
   * @return the text, see above
   */
  String value();
}
