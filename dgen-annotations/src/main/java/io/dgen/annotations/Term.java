package io.dgen.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stores a component of a state, or every value of a record type, as one value and not by its
 * parts. Any change of it then writes the whole. That is less work for what is small or changes as
 * a whole, and a {@code Map} keeps the order in which its entries were put.
 *
 * <p>It may be added and removed: what is stored otherwise is still read, and is written anew with
 * the next change of the state.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.RECORD_COMPONENT, ElementType.TYPE})
public @interface Term {}
