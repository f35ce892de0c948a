package io.dgen.store.foundationdb;

import com.apple.foundationdb.StreamingMode;
import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.ReadTransaction;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The reads of a transaction, with or without conflicts. */
final class FoundationDbReads implements ReadTransaction {

  private final FoundationDbTransaction transaction;
  private final KeySpace keys;
  private final boolean isSnapshot;

  FoundationDbReads(FoundationDbTransaction transaction, KeySpace keys, boolean isSnapshot) {
    this.transaction = transaction;
    this.keys = keys;
    this.isSnapshot = isSnapshot;
  }

  @Override
  public CompletableFuture<byte @Nullable []> get(byte[] key) {
    return transaction.<byte @Nullable [], byte @Nullable []>read(
        reads -> view(reads).get(keys.key(key)), value -> value);
  }

  @Override
  public CompletableFuture<byte[]> getKey(KeySelector selector) {
    return transaction.read(reads -> view(reads).getKey(translate(selector)), keys::relative);
  }

  @Override
  public CompletableFuture<List<KeyValue>> getRange(
      KeySelector begin, KeySelector end, int limit, boolean reverse) {
    if (limit < 0) {
      throw new IllegalArgumentException(
          "limit is " + limit + "; pass 0 for all, or a positive number");
    }
    byte[] plainBegin = plain(begin);
    byte[] plainEnd = plain(end);
    if (plainBegin != null && plainEnd != null) {
      return getRange(plainBegin, plainEnd, limit, reverse);
    }
    // A selector may find a key of others, before or after the store: so it is resolved first.
    CompletableFuture<byte[]> first = plainBegin == null ? getKey(begin) : completed(plainBegin);
    CompletableFuture<byte[]> last = plainEnd == null ? getKey(end) : completed(plainEnd);
    CompletableFuture<List<KeyValue>> result = new CompletableFuture<>();
    var unused =
        first
            .thenCompose(from -> last.thenCompose(to -> getRange(from, to, limit, reverse)))
            .whenComplete(
                (pairs, error) -> {
                  if (error == null) {
                    result.complete(pairs);
                  } else {
                    result.completeExceptionally(Failures.cause(error));
                  }
                });
    return result;
  }

  /**
   * Reads a whole range, since its result is a list: in one request if there is a limit, and in as
   * few as the servers allow if there is none.
   */
  private CompletableFuture<List<KeyValue>> getRange(
      byte[] begin, byte[] end, int limit, boolean reverse) {
    StreamingMode mode = limit == 0 ? StreamingMode.WANT_ALL : StreamingMode.EXACT;
    return transaction.read(
        reads ->
            view(reads).getRange(keys.bound(begin), keys.bound(end), limit, reverse, mode).asList(),
        keys::relative);
  }

  @Override
  public CompletableFuture<Long> getReadVersion() {
    return transaction.getReadVersion();
  }

  @Override
  public ReadTransaction snapshot() {
    return isSnapshot ? this : transaction.snapshot();
  }

  @Override
  public boolean isSnapshot() {
    return isSnapshot;
  }

  private com.apple.foundationdb.ReadTransaction view(com.apple.foundationdb.Transaction reads) {
    return isSnapshot ? reads.snapshot() : reads;
  }

  private com.apple.foundationdb.KeySelector translate(KeySelector selector) {
    return new com.apple.foundationdb.KeySelector(
        keys.bound(selector.key()), selector.orEqual(), selector.offset());
  }

  /**
   * Returns the key that the selector finds the first key at or after; null if the selector has
   * another form.
   */
  private static byte @Nullable [] plain(KeySelector selector) {
    if (selector.offset() != 1) {
      return null;
    }
    return selector.orEqual() ? Keys.after(selector.key()) : selector.key();
  }

  private static CompletableFuture<byte[]> completed(byte[] key) {
    return CompletableFuture.completedFuture(key);
  }
}
