/** The engine in virtual time: every interleaving comes from a seed. */
@NullMarked
package io.dgen.tests.simulation;

import org.jspecify.annotations.NullMarked;
