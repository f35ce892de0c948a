/** Tests of the model. */
@NullMarked
package io.dgen.processor.model;

import org.jspecify.annotations.NullMarked;
