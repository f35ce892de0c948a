package io.dgen.annotations;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the component that identifies the items of a list. A {@code List} of such records in a
 * state is stored item by item, so that a change of one item writes one item. Without the
 * annotation, a component named {@code id} is used.
 *
 * <p>The component is a {@code String} of at most 1,000 bytes, a {@code UUID}, a {@code long}, an
 * {@code int} (or the box of one) or an enum. It is not null, and no two items of a list have the
 * same.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.RECORD_COMPONENT)
public @interface Id {}
