/** Benchmarks: each figure beside its floor, as a ratio from one run. */
@NullMarked
package io.dgen.benchmarks;

import org.jspecify.annotations.NullMarked;
