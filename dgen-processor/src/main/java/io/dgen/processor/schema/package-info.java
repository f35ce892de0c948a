/** The released schema of a server: its file, and which changes are allowed. */
@NullMarked
package io.dgen.processor.schema;

import org.jspecify.annotations.NullMarked;
