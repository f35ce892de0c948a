package io.dgen.internal.store;

import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A key that someone waits for to change from the value that a transaction saw. */
final class Watch {

  private final byte[] key;
  private final byte @Nullable [] seen;
  private final CompletableFuture<Void> future;

  Watch(byte[] key, byte @Nullable [] seen, CompletableFuture<Void> future) {
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

  boolean isChanged(byte @Nullable [] value) {
    return !Arrays.equals(seen, value);
  }
}
