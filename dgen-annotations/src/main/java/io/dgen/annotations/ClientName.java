package io.dgen.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sets the name of the client's method for a message record; the default is the record's name with
 * its first word in lower case. It is for records whose names cannot be method names: a {@code
 * record New()} would give the client a method {@code new()}, which Java does not allow.
 *
 * <p>Only the client changes: the message is stored under the record's name.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ClientName {

  /**
   * Returns the name of the method; the one that does not wait has the suffix {@code Async}.
   *
   * @return a Java identifier that is not a keyword
   */
  String value();
}
