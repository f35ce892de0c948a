/** The annotations for servers: see {@link io.dgen.annotations.DistributedServer}. */
package io.dgen.annotations;
