/** Tests of the rules and of the compile errors. */
@NullMarked
package io.dgen.processor.validate;

import org.jspecify.annotations.NullMarked;
