package io.dgen.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stores a component of a state, or every value of a record type, as one value and not by its
 * parts. Any change of it then writes the whole value. That is cheaper for values that are small or
 * change as a whole, and a {@code Map} keeps the order in which its entries were put.
 *
 * <p>It may be added and removed: data stored in the other form is still read, and is rewritten
 * with the next change of the state.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Term {}
