package sample;

import java.lang.Object;
import java.lang.Override;
import java.lang.Record;
import java.lang.String;
import java.lang.SuppressWarnings;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * A message of {@link Counter}: what is in its queue.
 *
 * <p>A {@code switch} over the classes below, or over the kinds, is exhaustive.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public sealed interface CounterMessage {
  /**
   * The record that was sent.
   *
   * @return the message's record
   */
  Record message();

  /**
   * A message that has a reply.
   */
  sealed interface Call extends CounterMessage {
  }

  /**
   * A message without a reply.
   */
  sealed interface Cast extends CounterMessage {
  }

  /**
   * A {@link Counter.Increment}.
   */
  final class Increment implements Cast {
    private final Counter.Increment message;

    /**
     * Wraps a message.
     *
     * @param message the record, not null
     */
    public Increment(Counter.Increment message) {
      this.message = Objects.requireNonNull(message, "message");
    }

    @Override
    public Counter.Increment message() {
      return message;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Increment that && message.equals(that.message);
    }

    @Override
    public int hashCode() {
      return message.hashCode();
    }

    @Override
    public String toString() {
      return message.toString();
    }
  }

  /**
   * A {@link Counter.Value}.
   */
  final class Value implements Call {
    private final Counter.Value message;

    /**
     * Wraps a message.
     *
     * @param message the record, not null
     */
    public Value(Counter.Value message) {
      this.message = Objects.requireNonNull(message, "message");
    }

    @Override
    public Counter.Value message() {
      return message;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Value that && message.equals(that.message);
    }

    @Override
    public int hashCode() {
      return message.hashCode();
    }

    @Override
    public String toString() {
      return message.toString();
    }
  }
}
