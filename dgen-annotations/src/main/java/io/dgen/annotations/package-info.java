/** The annotations that a developer writes: see {@link io.dgen.annotations.DistributedServer}. */
package io.dgen.annotations;
