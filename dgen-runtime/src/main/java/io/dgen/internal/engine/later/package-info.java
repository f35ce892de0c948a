/**
 * Messages that are sent from inside a transaction, with a delay, or under an idempotency key.
 *
 * <p>{@code OutgoingMessages} is the entry point. Sends of callbacks are writes of their round's
 * own transaction ({@code RoundOutbox}); a delayed message is stored below its shard until {@code
 * DelayTimers} moves it to its queue; {@code RoundIdempotency} decides by idempotency keys. {@code
 * docs/decisions/0016-transactions-delays-idempotency.md} has the interleavings.
 */
@NullMarked
package io.dgen.internal.engine.later;

import org.jspecify.annotations.NullMarked;
