package io.dgen.internal.store;

import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Commits each transaction at once on the caller's thread: for a storage without a device to wait
 * for. No caller's code runs under the lock.
 */
final class InlineCommitter implements Committer {

  private final CommitPipeline pipeline;
  private final StoreCompletions completions;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean closed;

  InlineCommitter(CommitPipeline pipeline, StoreCompletions completions) {
    this.pipeline = pipeline;
    this.completions = completions;
  }

  @Override
  public void submit(CommitRequest request) {
    List<StoreWatch> fired = List.of();
    try {
      lock.lock();
      try {
        if (closed) {
          pipeline.drop(request);
          request.refuse(new StoreException(StoreError.STORE_CLOSED));
        } else {
          List<CommitRequest> group = List.of(request);
          pipeline.commit(group);
          fired = pipeline.wake(group);
        }
      } finally {
        lock.unlock();
      }
    } finally {
      if (request.isAnswered()) {
        request.run();
      }
    }
    fired.forEach(completions::run);
  }

  @Override
  public boolean withdraw(CommitRequest request) {
    return false;
  }

  @Override
  public CompletableFuture<Void> close(StoreWorkers.Step last) {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    // It waits for reads in progress, which are reads of memory.
    while (last.run() != StoreWorkers.Next.END) {
      Thread.onSpinWait();
    }
    return CompletableFuture.completedFuture(null);
  }
}
