/** The annotation processor: extract, validate, model, write. */
@NullMarked
package io.dgen.processor;

import org.jspecify.annotations.NullMarked;
