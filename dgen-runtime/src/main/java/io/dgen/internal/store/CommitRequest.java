package io.dgen.internal.store;

import io.dgen.internal.overlay.Atomics;
import io.dgen.internal.overlay.KeyRange;
import io.dgen.internal.overlay.Mutation;
import io.dgen.store.StoreException;
import io.dgen.store.TransactionOptions.Priority;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One transaction on its way to being committed.
 *
 * <p>From {@link Committer#submit} on it belongs to the committer, which answers it once. Whatever
 * happens to the transaction in the meantime, its lease holds what the commit must be compared
 * with, and only the committer releases that.
 *
 * <p>The verdict is stored here, so that answering needs no memory; running the request reports it.
 */
final class CommitRequest implements Runnable {

  /** Its priority among waiting requests. */
  final Priority priority;

  /** The bytes that count towards the limit. */
  final long size;

  /** The snapshot that the reads are compared with; null if there are no reads. */
  final @Nullable CommitLease lease;

  /** The ranges that must not have been written since. */
  final List<KeyRange> reads;

  /**
   * The ranges that it writes or declares as written, without the keys that the commit completes.
   */
  final List<KeyRange> conflicts;

  /** Its writes, in order. */
  final List<Mutation> mutations;

  /** The watches to start once it is committed. */
  final List<StoreWatch> watches;

  /** Receives the outcome. */
  final Outcome outcome;

  /** Whether its caller is gone, so that it need not be committed. Guarded by the committer. */
  boolean isWithdrawn;

  /** The ranges that were written, once it has been accepted. */
  List<KeyRange> written = List.of();

  private @Nullable StoreException refusal;
  private long version = -1;
  private int order;

  CommitRequest(
      Priority priority,
      long size,
      @Nullable CommitLease lease,
      List<KeyRange> reads,
      List<KeyRange> conflicts,
      List<Mutation> mutations,
      List<StoreWatch> watches,
      Outcome outcome) {
    this.priority = priority;
    this.size = size;
    this.lease = lease;
    this.reads = reads;
    this.conflicts = conflicts;
    this.mutations = mutations;
    this.watches = watches;
    this.outcome = outcome;
  }

  void accept(long ofGroup, int inGroup, List<KeyRange> writes) {
    version = ofGroup;
    order = inGroup;
    written = writes;
    refusal = null;
  }

  void refuse(StoreException error) {
    refusal = error;
    version = -1;
    written = List.of();
  }

  boolean isAccepted() {
    return version >= 0;
  }

  boolean isAnswered() {
    return version >= 0 || refusal != null;
  }

  /** Withdraws the verdict, which has not been reported yet. */
  void undecide() {
    refusal = null;
    version = -1;
    written = List.of();
  }

  /** Reports the verdict. */
  @Override
  public void run() {
    if (refusal != null) {
      outcome.failed(refusal);
    } else {
      outcome.committed(version, Atomics.versionstamp(version, order));
    }
  }

  /** Returns a commit that writes only the store's version. */
  static CommitRequest ofNothing(Runnable done) {
    Outcome outcome =
        new Outcome() {
          @Override
          public void committed(long version, byte[] versionstamp) {
            done.run();
          }

          @Override
          public void failed(StoreException error) {
            done.run();
          }

          @Override
          public void withdrawn() {
            done.run();
          }
        };
    return new CommitRequest(
        Priority.DEFAULT, 0, null, List.of(), List.of(), List.of(), List.of(), outcome);
  }

  /** Receives the outcome of a commit, once. */
  interface Outcome {

    /** The commit is durable and visible. */
    void committed(long version, byte[] versionstamp);

    /** The commit was refused, or the storage failed, so that it may or may not have happened. */
    void failed(StoreException error);

    /** The commit was withdrawn before it began: it has not happened, and never will. */
    void withdrawn();
  }
}
