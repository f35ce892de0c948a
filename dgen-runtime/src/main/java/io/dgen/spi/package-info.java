/**
 * The seam for time, threads and randomness: {@link Environment}. For tests and simulations that
 * control them.
 */
@NullMarked
package io.dgen.spi;

import org.jspecify.annotations.NullMarked;
