/** From javax.lang.model to what was declared, right or wrong. */
@NullMarked
package io.dgen.processor.extract;

import org.jspecify.annotations.NullMarked;
