package io.dgen.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets the value of a component in data that was written before the record had it. Without the
 * annotation it is 0, false, an empty collection or array, an empty optional or null.
 *
 * <p>The text is checked when the code is compiled. It is
 *
 * <ul>
 *   <li>a value, for primitives and their boxes, {@code String} (the text itself), {@code char}
 *       (one UTF-16 unit), enums (the constant's name), {@code BigInteger}, {@code BigDecimal},
 *       {@code UUID}, {@code URI}, {@code Currency} (its ISO 4217 code), {@code Locale} (its
 *       language tag) and the types of {@code java.time} (in the form that their {@code parse} or
 *       {@code of} reads), and for an {@code Optional} of such a type (the value in it);
 *   <li>for any other type a method, such as {@code "noTags()"}: static, without parameters, not
 *       private, in the record that has the component, and returning the component's type. It is
 *       called at each read in which the component is missing, so it must always return the same
 *       value, on every node.
 * </ul>
 *
 * <p>It is allowed on a component of a state, of a message or of a record in them. It never
 * replaces a stored null.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.RECORD_COMPONENT)
public @interface Default {

  /**
   * Returns the value, or the method that returns it.
   *
   * @return the text, see above
   */
  String value();
}
