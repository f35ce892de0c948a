package io.dgen.tests.harness;

import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * What lies between a machine and the store: it can be cut and mended. A request that is under way
 * when it is cut may be carried out, but its answer does not come before the wire is mended; a
 * request that is made while it is cut is not carried out before.
 */
public final class Wire {

  /** How a cut looks to the machine. */
  public enum Cut {
    /** Nothing comes back until the wire is mended. */
    SILENT,
    /** Whatever is asked for fails, as it does when transactions have a timeout. */
    ERRORS
  }

  private static final CompletableFuture<Void> MENDED = CompletableFuture.completedFuture(null);

  /** Done when the wire is whole. */
  private volatile CompletableFuture<Void> whole = MENDED;

  private volatile Cut cut = Cut.SILENT;
  private final AtomicInteger refused = new AtomicInteger();

  public void cut(Cut how) {
    cut = how;
    whole = new CompletableFuture<>();
  }

  public void mend() {
    whole.complete(null);
  }

  boolean isCut() {
    return !whole.isDone();
  }

  /** Blocks until the wire is whole. */
  void awaitMended() {
    whole.join();
  }

  /** Sends a request and brings the answer back. */
  <T> CompletableFuture<T> pass(Supplier<CompletableFuture<T>> request) {
    return cross().thenCompose(sent -> request.get()).thenCompose(this::arrive);
  }

  /** Brings an answer back when the wire is whole, however long that takes. */
  <T> CompletableFuture<T> hold(CompletableFuture<T> answer) {
    CompletableFuture<T> held = answer.thenCompose(value -> whole.thenApply(mended -> value));
    var unused =
        held.whenComplete(
            (value, error) -> {
              if (held.isCancelled()) {
                answer.cancel(false);
              }
            });
    return held;
  }

  private <T> CompletableFuture<T> arrive(T answer) {
    return cross().thenApply(arrived -> answer);
  }

  /** How many requests and answers failed. */
  public int refused() {
    return refused.get();
  }

  private CompletableFuture<Void> cross() {
    if (isCut() && cut == Cut.ERRORS) {
      refused.incrementAndGet();
      return CompletableFuture.failedFuture(new StoreException(StoreError.TRANSACTION_TIMED_OUT));
    }
    return whole;
  }
}
