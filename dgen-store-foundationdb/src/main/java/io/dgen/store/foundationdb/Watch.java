package io.dgen.store.foundationdb;

import java.util.concurrent.CompletableFuture;

/**
 * A watch. FoundationDB limits their number, so one that is no longer needed is cancelled at once:
 * when this future is cancelled, or completed by any caller.
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
