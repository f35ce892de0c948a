package io.dgen.store.serializability;

import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Transaction;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One read of a transaction. */
record Read(
    Kind kind, boolean isSnapshot, KeySelector begin, KeySelector end, int limit, boolean reverse) {

  enum Kind {
    GET,
    GET_KEY,
    GET_RANGE
  }

  /** Reads; the answer as text. */
  CompletableFuture<String> carryOut(Transaction transaction) {
    ReadTransaction reader = isSnapshot ? transaction.snapshot() : transaction;
    return switch (kind) {
      case GET -> reader.get(begin.key()).thenApply(State::text);
      case GET_KEY -> reader.getKey(begin).thenApply(State::text);
      case GET_RANGE -> reader.getRange(begin, end, limit, reverse).thenApply(Read::text);
    };
  }

  private static String text(List<KeyValue> rows) {
    StringBuilder text = new StringBuilder();
    rows.forEach(row -> State.row(text, row.key(), row.value()));
    return text.toString();
  }
}
