/**
 * Messages on their way to an entity, and answers on their way back.
 *
 * <p>A message waits in a {@code Lane} in memory, or is pushed to the queue in the store ({@code
 * LaneFlush}, {@code Push}) and read from there ({@code QueueReader}). A sender learns the result
 * of its message after the commit and not before (rule 5): by {@code Completions} on the same node,
 * by {@code ReplyMailbox} and {@code ReplyBatch} between nodes. Start with {@code Pending}, a
 * message whose sender waits.
 */
@NullMarked
package io.dgen.internal.engine.send;

import org.jspecify.annotations.NullMarked;
