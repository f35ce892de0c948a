package sample;

import java.lang.Object;
import java.lang.Override;
import java.lang.Record;
import java.lang.String;
import java.lang.SuppressWarnings;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * A message of {@link Shop}: what is in its queue.
 *
 * <p>A {@code switch} over the classes below, or over the kinds, is exhaustive.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public sealed interface ShopMessage {
  /**
   * The record that was sent.
   *
   * @return the message's record
   */
  Record message();

  /**
   * A message that has a reply.
   */
  sealed interface Call extends ShopMessage {
  }

  /**
   * A message without a reply.
   */
  sealed interface Cast extends ShopMessage {
  }

  /**
   * A message that goes past the queue.
   */
  sealed interface Info extends ShopMessage {
  }

  /**
   * A {@link Shop.Pay}.
   */
  final class Pay implements Call {
    private final Shop.Pay message;

    /**
     * Wraps a message.
     *
     * @param message the record, not null
     */
    public Pay(Shop.Pay message) {
      this.message = Objects.requireNonNull(message, "message");
    }

    @Override
    public Shop.Pay message() {
      return message;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Pay that && message.equals(that.message);
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
   * A {@link Shop.Refund}.
   */
  final class Refund implements Cast {
    private final Shop.Refund message;

    /**
     * Wraps a message.
     *
     * @param message the record, not null
     */
    public Refund(Shop.Refund message) {
      this.message = Objects.requireNonNull(message, "message");
    }

    @Override
    public Shop.Refund message() {
      return message;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Refund that && message.equals(that.message);
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
   * A {@link Shop.Await}.
   */
  final class Await implements Call {
    private final Shop.Await message;

    /**
     * Wraps a message.
     *
     * @param message the record, not null
     */
    public Await(Shop.Await message) {
      this.message = Objects.requireNonNull(message, "message");
    }

    @Override
    public Shop.Await message() {
      return message;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Await that && message.equals(that.message);
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
   * A {@link Shop.Either}.
   */
  final class Either implements Call {
    private final Shop.Either message;

    /**
     * Wraps a message.
     *
     * @param message the record, not null
     */
    public Either(Shop.Either message) {
      this.message = Objects.requireNonNull(message, "message");
    }

    @Override
    public Shop.Either message() {
      return message;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Either that && message.equals(that.message);
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
   * A {@link Shop.Leave}.
   */
  final class Leave implements Info {
    private final Shop.Leave message;

    /**
     * Wraps a message.
     *
     * @param message the record, not null
     */
    public Leave(Shop.Leave message) {
      this.message = Objects.requireNonNull(message, "message");
    }

    @Override
    public Shop.Leave message() {
      return message;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Leave that && message.equals(that.message);
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
   * A {@link Shop.Last}.
   */
  final class Last implements Call {
    private final Shop.Last message;

    /**
     * Wraps a message.
     *
     * @param message the record, not null
     */
    public Last(Shop.Last message) {
      this.message = Objects.requireNonNull(message, "message");
    }

    @Override
    public Shop.Last message() {
      return message;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Last that && message.equals(that.message);
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
