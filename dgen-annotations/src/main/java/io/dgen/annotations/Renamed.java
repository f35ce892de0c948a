package io.dgen.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Lists the names under which something was stored before: a component of a state, a message or a
 * record in them; a message record; a constant of an enum. Data stored under a former name is still
 * read, and the next change of the state writes it under the new name. If several are stored, the
 * newest name counts.
 *
 * <p>The names must stay as long as data written under them may exist.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE, ElementType.FIELD})
public @interface Renamed {

  /**
   * Returns the former names, the newest first.
   *
   * @return at least one
   */
  String[] value();
}
