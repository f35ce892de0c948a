/** Reads declarations, right or wrong, from javax.lang.model. */
@NullMarked
package io.dgen.processor.extract;

import org.jspecify.annotations.NullMarked;
