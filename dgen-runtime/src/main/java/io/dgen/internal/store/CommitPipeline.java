package io.dgen.internal.store;

import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Commits a group of transactions: finds conflicts, writes what is left in one batch, makes it
 * visible. Used by one thread at a time.
 *
 * <p>The order is what makes it safe: a group is durable before it is visible, visible before it is
 * acknowledged, and no later group starts before.
 *
 * <p>So is what an error ends. Before the write nothing has happened: the transactions of the group
 * are tried one by one, and the one that the error comes from fails alone. From the write on nobody
 * knows what the storage holds: the group fails, and nothing is committed any more.
 */
final class CommitPipeline {

  /** How often what is durable is tried to be made visible, which takes but a little memory. */
  private static final int PUBLISHING_TRIES = 3;

  private final Storage storage;
  private final Timeline timeline;
  private final Watches watches;
  private final Resolver resolver;

  /** Made in advance, for when there is no memory to make another. */
  private final StoreException lastResort =
      new StoreException(
          StoreError.INTERNAL_ERROR,
          "the commit failed, and there was not the memory to say how; whether it happened is not"
              + " known",
          null);

  private @Nullable StoreException failure;

  CommitPipeline(Storage storage, Timeline timeline, Watches watches) {
    this.storage = storage;
    this.timeline = timeline;
    this.watches = watches;
    this.resolver = new Resolver(timeline.oldestNeeded());
  }

  /** Decides a group: every request of it has its answer afterwards, whatever goes wrong. */
  void commit(List<CommitRequest> group) {
    try {
      if (!tryCommit(group)) {
        for (CommitRequest request : group) {
          tryCommit(List.of(request));
        }
      }
    } catch (RuntimeException | Error e) {
      // Only for want of memory: what has no answer was not written.
      refuseUnanswered(group, e);
    } finally {
      // The group is decided: what it was compared with may be forgotten.
      for (CommitRequest request : group) {
        drop(request);
      }
    }
  }

  /** Ends a transaction that is not committed. Safe for use by any thread. */
  void drop(CommitRequest request) {
    timeline.release(request.lease);
  }

  /** Starts the watches of a group that was decided, and finds all whose value has changed. */
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
   * Returns the watches of a group and all others, for when it cannot be told whose value has
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
   * @return false if nothing was written, nor answered, because of one of several requests
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

  /** Fills the batch with what has no conflict; returns how many that are. */
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
            "what was committed is on the disk, but could not be made visible, so nothing is"
                + " committed any more: ",
            last,
            "; close the store and open it again"));
  }

  /** Ends a group of which nothing was written. */
  private boolean giveUp(List<CommitRequest> group, Throwable cause) {
    // Of the group some were remembered as written that were not, and perhaps by half.
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
            cause instanceof StoreException failed && failed.error() == StoreError.IO_ERROR
                ? StoreError.IO_ERROR
                : StoreError.INTERNAL_ERROR,
            "the commit failed before anything was written, so it has not happened: ",
            cause,
            "; the store goes on");
    for (CommitRequest request : group) {
      if (!request.isAnswered()) {
        request.refuse(error);
      }
    }
  }

  private StoreException unknownWrite(Throwable cause) {
    String advice =
        cause instanceof StoreException
            ? "; see to the disk, then close the store and open it again"
            : "; what of it is on the disk is not known: close the store and open it again";
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
      // A message of the store's own says what it is; of anything else the class does.
      String reason = cause instanceof StoreException ? cause.getMessage() : cause.toString();
      return new StoreException(error, what + reason + advice, cause);
    } catch (OutOfMemoryError e) {
      return lastResort;
    }
  }
}
