package sample;

import java.lang.Object;
import java.lang.Override;
import java.lang.Record;
import java.lang.String;
import java.lang.SuppressWarnings;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * A message of {@link Drawing}: what is in its queue.
 *
 * <p>A {@code switch} over the classes below, or over the kinds, is exhaustive.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
sealed interface DrawingMessage {
  /**
   * The record that was sent.
   *
   * @return the message's record
   */
  Record message();

  /**
   * A message that has a reply.
   */
  sealed interface Call extends DrawingMessage {
  }

  /**
   * A message without a reply.
   */
  sealed interface Cast extends DrawingMessage {
  }

  /**
   * A {@link Drawing.Draw}.
   */
  final class Draw implements Cast {
    private final Drawing.Draw message;

    /**
     * Wraps a message.
     *
     * @param message the record, not null
     */
    public Draw(Drawing.Draw message) {
      this.message = Objects.requireNonNull(message, "message");
    }

    @Override
    public Drawing.Draw message() {
      return message;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Draw that && message.equals(that.message);
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
   * A {@link Drawing.Find}.
   */
  final class Find implements Call {
    private final Drawing.Find message;

    /**
     * Wraps a message.
     *
     * @param message the record, not null
     */
    public Find(Drawing.Find message) {
      this.message = Objects.requireNonNull(message, "message");
    }

    @Override
    public Drawing.Find message() {
      return message;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Find that && message.equals(that.message);
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
