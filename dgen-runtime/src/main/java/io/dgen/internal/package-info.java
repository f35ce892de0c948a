/** What the engine and the stores share, and nobody else may use. */
@NullMarked
package io.dgen.internal;

import org.jspecify.annotations.NullMarked;
