package io.dgen.internal.engine.format;

import io.dgen.error.ChangeTooLargeException;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.util.Locale;

/** Changes that no transaction can hold: trying again cannot help. */
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

  /** Returns whether what the callbacks of a round wrote is at fault, and not the store. */
  public static boolean is(StoreException e) {
    return e.error() == StoreError.TRANSACTION_TOO_LARGE
        || e.error() == StoreError.KEY_TOO_LARGE
        || e.error() == StoreError.VALUE_TOO_LARGE;
  }

  /** What a message failed with that was alone in its round, and whose round was too large. */
  public static ChangeTooLargeException of(StoreException error, String message, Address address) {
    return new ChangeTooLargeException(
        "what "
            + message
            + " to "
            + address
            + " changes and sends is too large: "
            + advice(error, ADVICE)
            + ". Nothing of it is stored, and it is not tried again",
        error);
  }

  private static String advice(StoreException error, String ofTransaction) {
    return error.error() == StoreError.TRANSACTION_TOO_LARGE
        ? ofTransaction
        : "shorten the keys of the maps and the ids of the items in its state ("
            + error.getMessage()
            + ")";
  }

  /** What every message fails with whose entity cannot be begun. */
  public static ChangeTooLargeException init(StoreException error, Address address) {
    return new ChangeTooLargeException(
        "the state that init of "
            + address
            + " makes is too large: "
            + advice(
                error, LIMIT + "Let init make a smaller one, and messages add to it; " + OUTSIDE)
            + ". Nothing of it is stored, and no message to the entity can run",
        error);
  }

  /** What a callback fails with that has sent more than any transaction holds. */
  public static ChangeTooLargeException sent(Address address) {
    return new ChangeTooLargeException(
        "what a callback of "
            + address
            + " sends is too large: "
            + ADVICE
            + ". Nothing of it is stored, and its message is not tried again",
        null);
  }

  /**
   * Returns the same for whatever a message failed with; what is not a transaction's size stays.
   */
  public static Throwable described(Throwable reason, String message, Address address) {
    return reason instanceof StoreException e && e.error() == StoreError.TRANSACTION_TOO_LARGE
        ? of(e, message, address)
        : reason;
  }
}
