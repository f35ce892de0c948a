package io.dgen.generated;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The message record of a server, as a member of the sealed interface over its messages. Immutable
 * if the record is. Equality is that of the records.
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
