package io.dgen.generated;

import io.dgen.internal.Texts;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An entity that messages are sent to.
 *
 * @param server the server's name
 * @param id the entity's id
 * @param codec the codec of the server's messages
 * @param idempotencyKey the key under which a message counts once; null for none
 * @param <M> the sealed interface over the server's messages
 */
public record Destination<M>(
    String server, String id, MessageCodec<M> codec, @Nullable String idempotencyKey) {

  /** Checks the lengths. */
  public Destination {
    Texts.checkId(server, Objects.requireNonNull(id, "id"));
    if (idempotencyKey != null) {
      Texts.checkIdempotencyKey(server, idempotencyKey);
    }
  }
}
