package io.dgen.internal.store;

import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Commits each transaction at once on the caller's thread: for a storage that has no device to wait
 * for. No caller's code runs under the lock.
 */
final class InlineCommitter implements Committer {

  private final CommitPipeline pipeline;
  private final Executor completions;
  private final ReentrantLock lock = new ReentrantLock();
  private boolean closed;

  InlineCommitter(CommitPipeline pipeline, Executor completions) {
    this.pipeline = pipeline;
    this.completions = completions;
  }

  @Override
  public void submit(CommitRequest request) {
    CommitPipeline.Result result;
    lock.lock();
    try {
      result =
          closed
              ? new CommitPipeline.Result(
                  List.of(
                      () -> request.outcome.failed(new StoreException(StoreError.STORE_CLOSED))),
                  List.of())
              : pipeline.commit(List.of(request));
      if (closed) {
        pipeline.drop(request);
      }
    } finally {
      lock.unlock();
    }
    result.outcomes().forEach(Runnable::run);
    for (Watch watch : result.fired()) {
      completions.execute(() -> watch.future().complete(null));
    }
  }

  @Override
  public boolean withdraw(CommitRequest request) {
    return false;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
  }
}
