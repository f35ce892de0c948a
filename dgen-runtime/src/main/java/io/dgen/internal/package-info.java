/** Code that the engine and the stores share. Not for use elsewhere. */
@NullMarked
package io.dgen.internal;

import org.jspecify.annotations.NullMarked;
