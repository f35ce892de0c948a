package io.dgen.internal.store;

import io.dgen.internal.overlay.Atomics;
import io.dgen.internal.overlay.KeyRange;
import io.dgen.internal.overlay.Mutation;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commits a group of transactions: detects conflicts, writes the rest in one batch, makes it
 * visible. Used by one thread at a time.
 *
 * <p>The order makes it safe: a group is durable before it is visible, visible before it is
 * acknowledged, and no later group starts before.
 *
 * <p>So does the handling of errors. Before the write nothing has happened: the transactions of the
 * group are tried one by one, and the one that causes the error fails alone. From the write on, the
 * content of the storage is unknown: the group fails, and nothing is committed any more.
 */
final class CommitPipeline {

  /** How often the publishing of a durable group is tried; it only needs a little memory. */
  private static final int PUBLISHING_TRIES = 3;

  private final Storage storage;
  private final Timeline timeline;
  private final Watches watches;
  private final Resolver resolver;

  /** Created in advance, for when there is no memory to create another. */
  private final StoreException lastResort =
      new StoreException(
          StoreError.INTERNAL_ERROR,
          "the commit failed, and there was no memory to describe how; it is unknown whether it"
              + " happened",
          null);

  private @Nullable StoreException failure;

  CommitPipeline(Storage storage, Timeline timeline, Watches watches) {
    this.storage = storage;
    this.timeline = timeline;
    this.watches = watches;
    this.resolver = new Resolver(timeline.oldestNeeded());
  }

  /** Decides a group: afterwards each of its requests has an answer, whatever goes wrong. */
  void commit(List<CommitRequest> group) {
    try {
      if (!tryCommit(group)) {
        for (CommitRequest request : group) {
          tryCommit(List.of(request));
        }
      }
    } catch (RuntimeException | Error e) {
      // Only for lack of memory: requests without an answer were not written.
      refuseUnanswered(group, e);
    } finally {
      // The group is decided: what it was compared with may be forgotten.
      for (CommitRequest request : group) {
        drop(request);
      }
    }
  }

  /** Drops a transaction that is not committed. Thread-safe. */
  void drop(CommitRequest request) {
    timeline.release(request.lease);
  }

  /** Starts the watches of a group that was decided, and returns all whose value has changed. */
  List<StoreWatch> wake(List<CommitRequest> group) {
    List<StoreWatch> fired = new ArrayList<>(0);
    for (CommitRequest request : group) {
      if (request.isAccepted()) {
        for (StoreWatch watch : request.watches) {
          if (!watches.arm(watch)) {
            fired.add(watch);
          }
        }
      }
    }
    for (CommitRequest request : group) {
      if (!request.written.isEmpty()) {
        fired.addAll(watches.changedBy(request.written));
      }
    }
    return fired;
  }

  /**
   * Returns the watches of a group and all others, for when it is unknown whose values have
   * changed.
   */
  List<StoreWatch> wakeAll(List<CommitRequest> group) {
    List<StoreWatch> all = watches.all();
    for (CommitRequest request : group) {
      if (request.isAccepted()) {
        all.addAll(request.watches);
      }
    }
    return all;
  }

  /**
   * Commits a group.
   *
   * @return false if nothing was written or answered, because of one of several requests
   */
  private boolean tryCommit(List<CommitRequest> group) {
    if (failure != null) {
      for (CommitRequest request : group) {
        request.refuse(failure);
      }
      return true;
    }
    long version = timeline.startGroup();
    boolean isWriting = false;
    try (StorageBatch batch = storage.newBatch()) {
      resolver.forgetUpTo(timeline.oldestNeeded());
      if (decide(group, version, batch) == 0) {
        timeline.abandonGroup();
        return true;
      }
      isWriting = true;
      batch.commit(Timeline.ceilingOf(version));
    } catch (RuntimeException | Error e) {
      timeline.abandonGroup();
      return isWriting ? poison(group, unknownWrite(e)) : giveUp(group, e);
    }
    return publish(version, group);
  }

  /** Fills the batch with the requests that have no conflict; returns how many there are. */
  private int decide(List<CommitRequest> group, long version, StorageBatch batch) {
    int accepted = 0;
    for (CommitRequest request : group) {
      StoreException conflict = conflict(request);
      if (conflict != null) {
        request.refuse(conflict);
        continue;
      }
      List<KeyRange> writes = apply(request, Atomics.versionstamp(version, accepted), batch);
      resolver.record(writes, version);
      request.accept(version, accepted, writes);
      accepted++;
    }
    return accepted;
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

  /** Adds a transaction's writes to the batch; returns the ranges that it wrote. */
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

  private boolean publish(long version, List<CommitRequest> group) {
    Throwable last = lastResort;
    for (int i = 0; i < PUBLISHING_TRIES; i++) {
      try {
        timeline.publish(version, storage.snapshot());
        return true;
      } catch (RuntimeException | Error e) {
        last = e;
      }
    }
    timeline.abandonGroup();
    return poison(
        group,
        failed(
            StoreError.IO_ERROR,
            "a commit is on disk, but could not be made visible, so nothing is"
                + " committed any more: ",
            last,
            "; close the store and open it again"));
  }

  /** Fails a group of which nothing was written. */
  private boolean giveUp(List<CommitRequest> group, Throwable cause) {
    // Some requests of the group were remembered as written that were not, perhaps incompletely.
    resolver.forgetAll(timeline.newestVersion());
    for (CommitRequest request : group) {
      request.undecide();
    }
    if (group.size() > 1) {
      return false;
    }
    refuseUnanswered(group, cause);
    return true;
  }

  private void refuseUnanswered(List<CommitRequest> group, Throwable cause) {
    StoreException error =
        failed(
            cause instanceof StoreException failed && failed.is(StoreError.IO_ERROR)
                ? StoreError.IO_ERROR
                : StoreError.INTERNAL_ERROR,
            "the commit failed before anything was written, so it did not happen: ",
            cause,
            "; the store continues");
    for (CommitRequest request : group) {
      if (!request.isAnswered()) {
        request.refuse(error);
      }
    }
  }

  private StoreException unknownWrite(Throwable cause) {
    String advice =
        cause instanceof StoreException
            ? "; check the disk, then close the store and open it again"
            : "; how much of it is on disk is unknown: close the store and open it again";
    return failed(
        StoreError.IO_ERROR,
        "writing to the storage failed, so nothing is committed any more: ",
        cause,
        advice);
  }

  private boolean poison(List<CommitRequest> group, StoreException error) {
    failure = error;
    for (CommitRequest request : group) {
      if (!request.isAnswered() || request.isAccepted()) {
        request.refuse(error);
      }
    }
    return true;
  }

  private StoreException failed(StoreError error, String what, Throwable cause, String advice) {
    try {
      // The message of a StoreException is sufficient; of any other exception the class matters.
      String reason = cause instanceof StoreException ? cause.getMessage() : cause.toString();
      return new StoreException(error, what + reason + advice, cause);
    } catch (OutOfMemoryError e) {
      return lastResort;
    }
  }
}
