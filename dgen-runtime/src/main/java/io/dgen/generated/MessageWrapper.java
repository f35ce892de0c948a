package io.dgen.generated;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A wrapper of a server's message record that implements the sealed interface over the server's
 * messages. Immutable if the record is. Equality is by record.
 *
 * @param <R> the record
 */
public abstract class MessageWrapper<R extends Record> implements ServerMessage {

  private final R message;

  /**
   * Wraps a record.
   *
   * @param message the record
   */
  protected MessageWrapper(R message) {
    this.message = Objects.requireNonNull(message, "message");
  }

  @Override
  public final R message() {
    return message;
  }

  @Override
  public final boolean equals(@Nullable Object other) {
    return other instanceof MessageWrapper<?> that && message.equals(that.message);
  }

  @Override
  public final int hashCode() {
    return message.hashCode();
  }

  @Override
  public final String toString() {
    return message.toString();
  }
}
