package io.dgen.internal.store;

import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.TransactionOptions.Priority;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Commits all transactions that wait as one group, on a thread of its own: while the disk is busy
 * with one group, the next one gathers. Whatever callers attached to their futures runs elsewhere.
 */
final class GroupCommitter implements Committer {

  /** Less than the 65,536 that the order in a versionstamp can tell apart. */
  private static final int MAX_GROUP = 4_096;

  private static final long MAX_GROUP_BYTES = 32_000_000;

  private final CommitPipeline pipeline;
  private final Executor completions;
  private final Runnable afterGroup;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** In the order of their coming; any of them can be withdrawn. */
  private final Set<CommitRequest> foreground = new LinkedHashSet<>();

  private final Set<CommitRequest> background = new LinkedHashSet<>();
  private boolean closed;

  GroupCommitter(CommitPipeline pipeline, Executor completions, Runnable afterGroup) {
    this.pipeline = pipeline;
    this.completions = completions;
    this.afterGroup = afterGroup;
    this.thread = Thread.ofPlatform().daemon().name("dgen-store-commit").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  @Override
  public void submit(CommitRequest request) {
    lock.lock();
    try {
      if (!closed && !request.isWithdrawn) {
        queue(request).add(request);
        changed.signal();
        return;
      }
    } finally {
      lock.unlock();
    }
    pipeline.drop(request);
    request.outcome.failed(new StoreException(StoreError.STORE_CLOSED));
  }

  @Override
  public boolean withdraw(CommitRequest request) {
    lock.lock();
    try {
      // Also for one that is not submitted yet, as its caller may be faster than its commit.
      request.isWithdrawn = true;
      if (!queue(request).remove(request)) {
        return false;
      }
    } finally {
      lock.unlock();
    }
    pipeline.drop(request);
    return true;
  }

  @Override
  public void close() {
    List<CommitRequest> waiting;
    lock.lock();
    try {
      closed = true;
      waiting = new ArrayList<>(foreground);
      waiting.addAll(background);
      foreground.clear();
      background.clear();
      changed.signal();
    } finally {
      lock.unlock();
    }
    waiting.forEach(pipeline::drop);
    for (CommitRequest request : waiting) {
      completions.execute(
          () -> request.outcome.failed(new StoreException(StoreError.STORE_CLOSED)));
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        // The storage must not be closed under a write: wait on, and tell the caller after.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    List<CommitRequest> group = takeGroup();
    while (!group.isEmpty()) {
      CommitPipeline.Result result = pipeline.commit(group);
      result.outcomes().forEach(completions::execute);
      for (Watch watch : result.fired()) {
        completions.execute(() -> watch.future().complete(null));
      }
      afterGroup.run();
      group = takeGroup();
    }
  }

  /** Waits for work; empty when there will be none. */
  private List<CommitRequest> takeGroup() {
    List<CommitRequest> group = new ArrayList<>();
    lock.lock();
    try {
      while (foreground.isEmpty() && background.isEmpty() && !closed) {
        changed.awaitUninterruptibly();
      }
      drain(foreground, group);
      drain(background, group);
    } finally {
      lock.unlock();
    }
    return group;
  }

  private Set<CommitRequest> queue(CommitRequest request) {
    return request.priority == Priority.BATCH ? background : foreground;
  }

  private static void drain(Set<CommitRequest> from, List<CommitRequest> group) {
    long bytes = 0;
    Iterator<CommitRequest> waiting = from.iterator();
    while (group.size() < MAX_GROUP && bytes < MAX_GROUP_BYTES && waiting.hasNext()) {
      CommitRequest request = waiting.next();
      bytes += request.size;
      group.add(request);
      waiting.remove();
    }
  }
}
