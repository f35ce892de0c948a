package io.dgen.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the client's method for a message record, in place of the record's name with its first word
 * in lower case. It is for records whose names make no method: a {@code record New()} would give
 * the client a method {@code new()}, which Java does not have.
 *
 * <p>Nothing but the client changes: the message is stored under the record's name.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ClientName {

  /**
   * Returns the name of the method; the one that does not wait has {@code Async} behind it.
   *
   * @return a Java identifier that is no keyword
   */
  String value();
}
