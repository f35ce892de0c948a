package io.dgen.store.foundationdb;

import java.util.concurrent.CompletableFuture;

/**
 * A watch. FoundationDB allows a number of them, so one that is no longer wanted is given up at
 * once: when this future is cancelled, or completed by anyone.
 */
final class Watch extends CompletableFuture<Void> {

  Watch(CompletableFuture<Void> watched) {
    var unused =
        watched.whenComplete(
            (fired, error) -> {
              if (error == null) {
                complete(null);
              } else {
                completeExceptionally(Failures.translate(error, false));
              }
            });
    unused = whenComplete((done, error) -> watched.cancel(true));
  }
}
