/** The exceptions of dgen. All of them are {@link DgenException}s: start there. */
@NullMarked
package io.dgen.error;

import org.jspecify.annotations.NullMarked;
