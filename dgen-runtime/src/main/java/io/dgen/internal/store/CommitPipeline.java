package io.dgen.internal.store;

import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commits a group of transactions: finds conflicts, writes what is left in one batch, makes it
 * visible, wakes watchers. Used by one thread at a time.
 *
 * <p>The order is what makes it safe: a group is durable before it is visible, visible before it is
 * acknowledged, and no later group starts before. After a failed write nothing is known of the
 * storage, so nothing is committed any more.
 */
final class CommitPipeline {

  private final Storage storage;
  private final Timeline timeline;
  private final Watches watches;
  private final Resolver resolver;
  private @Nullable StoreException failure;

  CommitPipeline(Storage storage, Timeline timeline, Watches watches) {
    this.storage = storage;
    this.timeline = timeline;
    this.watches = watches;
    this.resolver = new Resolver(timeline.oldestNeeded());
  }

  /** What is left to do when no lock is held: telling callers, and waking watchers. */
  record Result(List<Runnable> outcomes, List<Watch> fired) {}

  private record Accepted(CommitRequest request, List<KeyRange> writes, int order) {}

  Result commit(List<CommitRequest> group) {
    List<Runnable> outcomes = new ArrayList<>(group.size());
    List<Accepted> accepted = new ArrayList<>(group.size());
    long version = timeline.startGroup();
    try {
      if (failure != null) {
        throw failure;
      }
      resolver.forgetUpTo(timeline.oldestNeeded());
      try (StorageBatch batch = storage.newBatch()) {
        for (CommitRequest request : group) {
          StoreException conflict = conflict(request);
          if (conflict != null) {
            outcomes.add(() -> request.outcome.failed(conflict));
            continue;
          }
          byte[] stamp = Atomics.versionstamp(version, accepted.size());
          List<KeyRange> writes = apply(request, stamp, batch);
          resolver.record(writes, version);
          accepted.add(new Accepted(request, writes, accepted.size()));
        }
        if (!accepted.isEmpty()) {
          batch.commit(Timeline.ceilingOf(version));
        }
      }
      if (accepted.isEmpty()) {
        timeline.abandonGroup();
        return new Result(outcomes, List.of());
      }
      timeline.publish(version, storage.snapshot());
    } catch (RuntimeException | Error e) {
      timeline.abandonGroup();
      return new Result(allFailed(group, poison(e)), List.of());
    } finally {
      // The group is decided: what it was compared with may be forgotten.
      group.forEach(this::drop);
    }
    List<Watch> fired = wake(accepted);
    for (Accepted each : accepted) {
      outcomes.add(
          () -> each.request.outcome.committed(version, Atomics.versionstamp(version, each.order)));
    }
    return new Result(outcomes, fired);
  }

  /** Ends a transaction that is not committed. Safe for use by any thread. */
  void drop(CommitRequest request) {
    timeline.release(request.lease);
  }

  private @Nullable StoreException conflict(CommitRequest request) {
    CommitLease lease = request.lease;
    if (lease == null) {
      return null;
    }
    return switch (resolver.judge(request.reads, lease.snapshotVersion)) {
      case UNCHANGED -> null;
      case CHANGED -> new StoreException(StoreError.NOT_COMMITTED);
      case FORGOTTEN -> new StoreException(StoreError.TRANSACTION_TOO_OLD);
    };
  }

  /** Adds a transaction's writes to the batch; returns what it wrote. */
  private static List<KeyRange> apply(CommitRequest request, byte[] stamp, StorageBatch batch) {
    List<KeyRange> writes = request.conflicts;
    boolean copied = false;
    for (Mutation mutation : request.mutations) {
      switch (mutation.kind) {
        case SET -> batch.put(mutation.key, mutation.param);
        case CLEAR -> batch.delete(mutation.key);
        case CLEAR_RANGE -> batch.deleteRange(mutation.key, mutation.param);
        case ADD -> batch.put(mutation.key, Atomics.add(batch.get(mutation.key), mutation.param));
        case STAMPED_VALUE -> batch.put(mutation.key, Atomics.place(mutation.param, stamp));
        case STAMPED_KEY -> {
          byte[] key = Atomics.place(mutation.key, stamp);
          batch.put(key, mutation.param);
          if (!copied) {
            writes = new ArrayList<>(writes);
            copied = true;
          }
          writes.add(KeyRange.point(key));
        }
      }
    }
    return writes;
  }

  /** Starts the group's watches and finds all whose value has changed. */
  private List<Watch> wake(List<Accepted> accepted) {
    List<Watch> fired = new ArrayList<>(0);
    for (Accepted each : accepted) {
      for (Watch watch : each.request.watches) {
        if (!watches.arm(watch)) {
          fired.add(watch);
        }
      }
    }
    for (Accepted each : accepted) {
      fired.addAll(watches.changedBy(each.writes));
    }
    return fired;
  }

  private StoreException poison(Throwable cause) {
    if (failure == null) {
      failure =
          new StoreException(
              StoreError.IO_ERROR,
              "writing to the storage failed, so nothing is committed any more: "
                  + cause.getMessage()
                  + "; see to the disk, then close the store and open it again",
              cause);
    }
    return failure;
  }

  private static List<Runnable> allFailed(List<CommitRequest> group, StoreException error) {
    List<Runnable> outcomes = new ArrayList<>(group.size());
    for (CommitRequest request : group) {
      outcomes.add(() -> request.outcome.failed(error));
    }
    return outcomes;
  }
}
