/** Tests of the processor. */
@NullMarked
package io.dgen.processor;

import org.jspecify.annotations.NullMarked;
