/** The released schema of a server: its file, and what may change. */
@NullMarked
package io.dgen.processor.schema;

import org.jspecify.annotations.NullMarked;
