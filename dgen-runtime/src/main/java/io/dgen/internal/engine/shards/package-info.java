/**
 * Finding work: one watch for each shard that this node owns, and scans of what is ready there.
 *
 * <p>Start with {@code ShardConsumers}. A scan reads with a snapshot and conflicts with nobody;
 * what it finds is a hint, and the round that follows decides.
 */
@NullMarked
package io.dgen.internal.engine.shards;

import org.jspecify.annotations.NullMarked;
