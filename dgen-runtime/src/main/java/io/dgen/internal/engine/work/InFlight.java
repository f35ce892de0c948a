package io.dgen.internal.engine.work;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Counts the active activations, so that a node can wait for them. Thread-safe. */
public final class InFlight {

  private int count;
  private List<CompletableFuture<Void>> waiting = new ArrayList<>();

  public synchronized void begin() {
    count++;
  }

  public void end() {
    List<CompletableFuture<Void>> woken = List.of();
    synchronized (this) {
      count--;
      if (count == 0 && !waiting.isEmpty()) {
        woken = waiting;
        waiting = new ArrayList<>();
      }
    }
    woken.forEach(future -> future.complete(null));
  }

  /** Returns a future that completes when none is active. */
  public synchronized CompletableFuture<Void> idle() {
    CompletableFuture<Void> future = new CompletableFuture<>();
    if (count == 0) {
      future.complete(null);
    } else {
      waiting.add(future);
    }
    return future;
  }
}
