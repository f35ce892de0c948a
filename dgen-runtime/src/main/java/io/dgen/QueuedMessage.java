package io.dgen;

import java.time.Instant;

/**
 * A message in an entity's queue, as tools see it: see {@link EntityAdmin#queue}. Immutable.
 *
 * @param message its name; empty if the envelope is unreadable
 * @param sentAt when it was sent, by the sender's clock
 * @param attempts how many attempts have failed
 * @param lastError the last attempt's error; empty for none
 * @param bytes its size in the store, in bytes
 * @param json its record as JSON, truncated if it is long: see {@link io.dgen.generated.codec.Json}
 */
public record QueuedMessage(
    String message, Instant sentAt, int attempts, String lastError, int bytes, String json) {}
