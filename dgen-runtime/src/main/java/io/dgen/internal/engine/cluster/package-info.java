/**
 * The live nodes, what they host, and who therefore owns what.
 *
 * <p>{@code Membership} writes this node's heartbeat and reads those of others; a {@code Placement}
 * says who owns an entity. The answer may be stale: two nodes that both believe that they own an
 * entity lose time, by conflicts, and nothing else. {@code Suspects} remembers what a dead node was
 * running. {@code docs/decisions/0019-placement.md} has the cases.
 */
@NullMarked
package io.dgen.internal.engine.cluster;

import org.jspecify.annotations.NullMarked;
