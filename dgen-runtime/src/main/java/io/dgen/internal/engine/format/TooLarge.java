package io.dgen.internal.engine.format;

import io.dgen.error.ChangeTooLargeException;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.util.Locale;

/** Errors for changes that no transaction can hold: retrying cannot help. */
public final class TooLarge {

  private static final String LIMIT =
      String.format(
          Locale.ROOT,
          "one transaction of the store holds %,d bytes, and each key that is set or cleared counts"
              + " three times and 70 bytes more. ",
          Sizes.TRANSACTION);

  private static final String OUTSIDE =
      "keep large data outside the state, and a reference to it inside";

  private static final String ADVICE =
      LIMIT
          + "Let the callback change some thousands of items or send some thousands of messages,"
          + " and send the entity itself a message for the rest; "
          + OUTSIDE;

  private TooLarge() {}

  /** Returns whether the writes of a round's callbacks are at fault, rather than the store. */
  public static boolean is(StoreException e) {
    return e.is(StoreError.TRANSACTION_TOO_LARGE)
        || e.is(StoreError.KEY_TOO_LARGE)
        || e.is(StoreError.VALUE_TOO_LARGE);
  }

  /** Returns the error of a message that was alone in a round that was too large. */
  public static ChangeTooLargeException of(StoreException error, String message, Address address) {
    return new ChangeTooLargeException(
        "what "
            + message
            + " to "
            + address
            + " changes and sends is too large: "
            + advice(error, ADVICE)
            + ". None of it is stored, and the message is not retried",
        error);
  }

  private static String advice(StoreException error, String ofTransaction) {
    return error.is(StoreError.TRANSACTION_TOO_LARGE)
        ? ofTransaction
        : "shorten the keys of the maps and the ids of the items in its state ("
            + error.getMessage()
            + ")";
  }

  /** Returns the error of every message to an entity whose first state is too large. */
  public static ChangeTooLargeException init(StoreException error, Address address) {
    return new ChangeTooLargeException(
        "the state that init of "
            + address
            + " returns is too large: "
            + advice(
                error, LIMIT + "Let init return a smaller one, and messages add to it; " + OUTSIDE)
            + ". None of it is stored, and no message to the entity can run",
        error);
  }

  /** Returns the error for an entity that cannot be deleted, since it owes too many answers. */
  public static ChangeTooLargeException owed(Address address, int most) {
    return new ChangeTooLargeException(
        address
            + " owes more than "
            + most
            + " answers to entities that have asked it, and cannot be deleted in one transaction;"
            + " answer them first, or kill it",
        null);
  }

  /** Returns the error of a callback that has sent more than any transaction can hold. */
  public static ChangeTooLargeException sent(Address address) {
    return new ChangeTooLargeException(
        "what a callback of "
            + address
            + " sends is too large: "
            + ADVICE
            + ". None of it is stored, and the message is not retried",
        null);
  }

  /** Returns the error of a callback that deletes an entity with too many delayed messages. */
  public static ChangeTooLargeException delayed(Address address, int limit) {
    return new ChangeTooLargeException(
        String.format(
            Locale.ROOT,
            "%s has more than %,d delayed messages, and so many cannot be deleted in one"
                + " transaction; cancel some before, or kill the entity. Nothing was deleted, and"
                + " the message is not retried",
            address,
            limit),
        null);
  }

  /**
   * Returns the same error for any failure that is caused by a transaction's size; other failures
   * are returned unchanged.
   */
  public static Throwable described(Throwable reason, String message, Address address) {
    return reason instanceof StoreException e && e.is(StoreError.TRANSACTION_TOO_LARGE)
        ? of(e, message, address)
        : reason;
  }
}
