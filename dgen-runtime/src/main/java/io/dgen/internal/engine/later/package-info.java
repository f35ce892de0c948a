/**
 * What is sent from inside a transaction, later, or once for a key.
 *
 * <p>{@code OutgoingMessages} is the way in. Sends of callbacks are writes of their round's own
 * transaction ({@code RoundOutbox}); a delayed message lies below its shard until {@code
 * DelayTimers} moves it to its queue; {@code RoundIdempotency} decides by idempotency keys. {@code
 * docs/decisions/0016-transactions-delays-idempotency.md} has the interleavings.
 */
@NullMarked
package io.dgen.internal.engine.later;

import org.jspecify.annotations.NullMarked;
