package io.dgen.internal.store;

import io.dgen.store.StoreException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A watch on a key, which fires when its value differs from the one that a transaction saw. */
final class StoreWatch implements Runnable {

  private final byte[] key;
  private final byte @Nullable [] seen;
  private final CompletableFuture<Void> future;
  private volatile @Nullable StoreException failure;

  StoreWatch(byte[] key, byte @Nullable [] seen, CompletableFuture<Void> future) {
    this.key = key;
    this.seen = seen;
    this.future = future;
  }

  byte[] key() {
    return key;
  }

  CompletableFuture<Void> future() {
    return future;
  }

  /** Makes the future fail when the watch is run. */
  void fail(StoreException error) {
    failure = error;
  }

  /** Completes the future, which runs callers' continuations. */
  @Override
  public void run() {
    StoreException error = failure;
    if (error == null) {
      future.complete(null);
    } else {
      future.completeExceptionally(error);
    }
  }

  boolean isChanged(byte @Nullable [] value) {
    return !Arrays.equals(seen, value);
  }
}
