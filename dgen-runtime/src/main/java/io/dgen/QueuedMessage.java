package io.dgen;

import java.time.Instant;

/**
 * A message in an entity's queue, as tools see it: see {@link EntityAdmin#queue}. Immutable.
 *
 * @param message its name; empty if the envelope cannot be read
 * @param sentAt when it was sent, by the sender's clock
 * @param attempts how many attempts have failed
 * @param lastError what the last attempt failed with; empty for none
 * @param bytes how many bytes it has in the store
 * @param json its record as JSON, cut where it is long, as {@link io.dgen.generated.codec.Json}
 *     does
 */
public record QueuedMessage(
    String message, Instant sentAt, int attempts, String lastError, int bytes, String json) {}
