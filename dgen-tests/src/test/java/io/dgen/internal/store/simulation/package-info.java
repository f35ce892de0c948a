/** The embedded store on simulated storage, clock and threads, driven by a seed. */
@NullMarked
package io.dgen.internal.store.simulation;

import org.jspecify.annotations.NullMarked;
