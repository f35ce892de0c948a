/** The behaviour of the engine, through generated clients and on real stores. */
@NullMarked
package io.dgen.engine;

import org.jspecify.annotations.NullMarked;
