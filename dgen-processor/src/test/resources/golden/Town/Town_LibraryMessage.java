package sample;

import java.lang.Object;
import java.lang.Override;
import java.lang.Record;
import java.lang.String;
import java.lang.SuppressWarnings;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * A message of {@link Town.Library}: what is in its queue.
 *
 * <p>A {@code switch} over the classes below, or over the kinds, is exhaustive.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
sealed interface Town_LibraryMessage {
  /**
   * The record that was sent.
   *
   * @return the message's record
   */
  Record message();

  /**
   * A message that has a reply.
   */
  sealed interface Call extends Town_LibraryMessage {
  }

  /**
   * A message without a reply.
   */
  sealed interface Cast extends Town_LibraryMessage {
  }

  /**
   * A message that goes past the queue.
   */
  sealed interface Info extends Town_LibraryMessage {
  }

  /**
   * A {@link Town.Library.Add}.
   */
  final class Add implements Cast {
    private final Town.Library.Add message;

    /**
     * Wraps a message.
     *
     * @param message the record, not null
     */
    public Add(Town.Library.Add message) {
      this.message = Objects.requireNonNull(message, "message");
    }

    @Override
    public Town.Library.Add message() {
      return message;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Add that && message.equals(that.message);
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
   * A {@link Town.Library.Seal}.
   */
  final class Seal implements Info {
    private final Town.Library.Seal message;

    /**
     * Wraps a message.
     *
     * @param message the record, not null
     */
    public Seal(Town.Library.Seal message) {
      this.message = Objects.requireNonNull(message, "message");
    }

    @Override
    public Town.Library.Seal message() {
      return message;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Seal that && message.equals(that.message);
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
   * A {@link Town.Library.Lend}.
   */
  final class Lend implements Call {
    private final Town.Library.Lend message;

    /**
     * Wraps a message.
     *
     * @param message the record, not null
     */
    public Lend(Town.Library.Lend message) {
      this.message = Objects.requireNonNull(message, "message");
    }

    @Override
    public Town.Library.Lend message() {
      return message;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Lend that && message.equals(that.message);
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
   * A {@link Town.Library.LoanOf}.
   */
  final class LoanOf implements Call {
    private final Town.Library.LoanOf message;

    /**
     * Wraps a message.
     *
     * @param message the record, not null
     */
    public LoanOf(Town.Library.LoanOf message) {
      this.message = Objects.requireNonNull(message, "message");
    }

    @Override
    public Town.Library.LoanOf message() {
      return message;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof LoanOf that && message.equals(that.message);
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
   * A {@link Town.Library.Titles}.
   */
  final class Titles implements Call {
    private final Town.Library.Titles message;

    /**
     * Wraps a message.
     *
     * @param message the record, not null
     */
    public Titles(Town.Library.Titles message) {
      this.message = Objects.requireNonNull(message, "message");
    }

    @Override
    public Town.Library.Titles message() {
      return message;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Titles that && message.equals(that.message);
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
   * A {@link Town.Library.Sync}.
   */
  final class Sync implements Call {
    private final Town.Library.Sync message;

    /**
     * Wraps a message.
     *
     * @param message the record, not null
     */
    public Sync(Town.Library.Sync message) {
      this.message = Objects.requireNonNull(message, "message");
    }

    @Override
    public Town.Library.Sync message() {
      return message;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Sync that && message.equals(that.message);
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
