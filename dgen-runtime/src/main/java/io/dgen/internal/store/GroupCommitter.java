package io.dgen.internal.store;

import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.TransactionOptions.Priority;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Commits all waiting transactions as one group, on a worker of its own: while the disk is busy
 * with one group, the next one gathers. Continuations of callers run elsewhere.
 *
 * <p>A step that fails half-way is repeated from where it was: the group's phase, and how many of
 * its transactions have been told, are kept outside the step. So no error ends the worker, and none
 * makes it forget a transaction, or tell one twice.
 */
final class GroupCommitter implements Committer {

  private enum Phase {
    TAKING,
    COMMITTING,
    ANSWERING,
    WAKING,
    FIRING,
    SWEEPING
  }

  /** Less than the 65,536 positions that a versionstamp can distinguish. */
  private static final int MAX_GROUP = 4_096;

  private static final long MAX_GROUP_BYTES = 32_000_000;

  private final CommitPipeline pipeline;
  private final StoreCompletions completions;
  private final Runnable afterGroup;
  private final CompletableFuture<Void> drained = new CompletableFuture<>();

  private final ReentrantLock lock = new ReentrantLock();

  /** In order of arrival; any of them can be withdrawn. */
  private final Set<CommitRequest> foreground = new LinkedHashSet<>();

  private final Set<CommitRequest> background = new LinkedHashSet<>();

  /** The last step; null while the committer is open. */
  private StoreWorkers.@Nullable Step last;

  private StoreWorkers.@Nullable Worker worker;

  // Confined to the worker:
  private final List<CommitRequest> group = new ArrayList<>(MAX_GROUP);
  private Phase phase = Phase.TAKING;
  private int told;
  private List<StoreWatch> fired = List.of();

  GroupCommitter(CommitPipeline pipeline, StoreCompletions completions, Runnable afterGroup) {
    this.pipeline = pipeline;
    this.completions = completions;
    this.afterGroup = afterGroup;
  }

  void start(StoreWorkers workers) {
    worker = workers.start("dgen-store-commit", this::step);
  }

  @Override
  public void submit(CommitRequest request) {
    boolean accepted;
    lock.lock();
    try {
      accepted = last == null && !request.isWithdrawn;
      if (accepted) {
        queue(request).add(request);
      }
    } finally {
      lock.unlock();
    }
    if (accepted) {
      wakeWorker();
    } else {
      pipeline.drop(request);
      request.outcome.failed(new StoreException(StoreError.STORE_CLOSED));
    }
  }

  @Override
  public boolean withdraw(CommitRequest request) {
    lock.lock();
    try {
      // Even before it is submitted, as its caller may be faster than its commit.
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
  public CompletableFuture<Void> close(StoreWorkers.Step lastStep) {
    List<CommitRequest> waiting;
    lock.lock();
    try {
      last = lastStep;
      waiting = new ArrayList<>(foreground);
      waiting.addAll(background);
      foreground.clear();
      background.clear();
    } finally {
      lock.unlock();
    }
    wakeWorker();
    for (CommitRequest request : waiting) {
      pipeline.drop(request);
      request.refuse(new StoreException(StoreError.STORE_CLOSED));
      completions.run(request);
    }
    return drained;
  }

  private void wakeWorker() {
    if (worker != null) {
      worker.wake();
    }
  }

  private StoreWorkers.Next step() {
    while (phase != Phase.TAKING || take()) {
      advance();
    }
    StoreWorkers.Step end = ending();
    if (end == null) {
      return StoreWorkers.Next.WAIT;
    }
    drained.complete(null);
    return end.run();
  }

  /** Advances the group to its next phase. */
  private void advance() {
    switch (phase) {
      case TAKING -> phase = Phase.COMMITTING;
      case COMMITTING -> {
        // First, as a group is never committed twice.
        phase = Phase.ANSWERING;
        pipeline.commit(group);
      }
      case ANSWERING -> {
        for (; told < group.size(); told++) {
          completions.run(group.get(told));
        }
        phase = Phase.WAKING;
      }
      case WAKING -> {
        fired = findFired();
        group.clear();
        told = 0;
        phase = Phase.FIRING;
      }
      case FIRING -> {
        for (; told < fired.size(); told++) {
          completions.run(fired.get(told));
        }
        fired = List.of();
        told = 0;
        phase = Phase.SWEEPING;
      }
      case SWEEPING -> {
        phase = Phase.TAKING;
        afterGroup.run();
      }
    }
  }

  private List<StoreWatch> findFired() {
    try {
      return pipeline.wake(group);
    } catch (RuntimeException | Error e) {
      // Waking a watch unnecessarily is allowed; missing one is not.
      return pipeline.wakeAll(group);
    }
  }

  /** Takes the waiting requests; returns false if there are none. */
  private boolean take() {
    lock.lock();
    try {
      drain(foreground);
      drain(background);
    } finally {
      lock.unlock();
    }
    return !group.isEmpty();
  }

  private StoreWorkers.@Nullable Step ending() {
    lock.lock();
    try {
      return foreground.isEmpty() && background.isEmpty() ? last : null;
    } finally {
      lock.unlock();
    }
  }

  private Set<CommitRequest> queue(CommitRequest request) {
    return request.priority == Priority.BATCH ? background : foreground;
  }

  private void drain(Set<CommitRequest> from) {
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
