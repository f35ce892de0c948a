/** One writer for each generated file. */
@NullMarked
package io.dgen.processor.write;

import org.jspecify.annotations.NullMarked;
