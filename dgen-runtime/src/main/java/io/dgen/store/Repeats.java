package io.dgen.store;

import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * The retry loop around a transaction: it repeats the body after every error that the transaction
 * can be reset from.
 */
final class Repeats {

  private Repeats() {}

  /** Runs a body until it succeeds, and closes the transaction. */
  static <T> T run(Transaction transaction, Function<? super Transaction, ? extends T> body) {
    try (transaction) {
      while (true) {
        try {
          return body.apply(transaction);
        } catch (CompletionException | StoreException e) {
          Throwable error =
              e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
          try {
            transaction.onError(error).join();
          } catch (CompletionException fatal) {
            throw fatal.getCause() instanceof RuntimeException cause ? cause : fatal;
          }
        }
      }
    }
  }
}
