/**
 * Finding work: one watch for each shard that this node owns, and scans of the ready entities
 * there.
 *
 * <p>Start with {@code ShardConsumers}. A scan uses snapshot reads and conflicts with no one; its
 * result is a hint, and the round that follows decides.
 */
@NullMarked
package io.dgen.internal.engine.shards;

import org.jspecify.annotations.NullMarked;
