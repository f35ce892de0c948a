package io.dgen.internal.store;

import io.dgen.store.StoreException;
import io.dgen.store.TransactionOptions.Priority;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One transaction on its way to being committed.
 *
 * <p>From {@link Committer#submit} on it belongs to the committer, which answers it once. Whatever
 * becomes of the transaction meanwhile, what the commit must be compared with is held by its lease,
 * and only the committer gives that back.
 *
 * <p>The verdict is kept here, so that answering needs no memory; running the request tells it.
 */
final class CommitRequest implements Runnable {

  /** How it ranks among those that wait. */
  final Priority priority;

  /** The bytes that count towards the limit. */
  final long size;

  /** What the reads are compared from; null if there are none. */
  final @Nullable CommitLease lease;

  /** What must not have been written since. */
  final List<KeyRange> reads;

  /**
   * What it writes and what else it declares as written, without the keys that the commit
   * completes.
   */
  final List<KeyRange> conflicts;

  /** Its writes, in order. */
  final List<Mutation> mutations;

  /** The watches to start when it is committed. */
  final List<StoreWatch> watches;

  /** Is told what became of it. */
  final Outcome outcome;

  /** Whether its caller has gone, so that it need not be committed. Guarded by the committer. */
  boolean isWithdrawn;

  /** The ranges that were written, when it has been accepted. */
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

  /** Takes the answer back, which nobody has been told yet. */
  void undecide() {
    refusal = null;
    version = -1;
    written = List.of();
  }

  /** Tells what became of it. */
  @Override
  public void run() {
    if (refusal != null) {
      outcome.failed(refusal);
    } else {
      outcome.committed(version, Atomics.versionstamp(version, order));
    }
  }

  /** Returns a commit that writes nothing but the store's version. */
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

  /** Is told what became of a commit, once. */
  interface Outcome {

    /** It is durable and visible. */
    void committed(long version, byte[] versionstamp);

    /** It was refused, or the storage failed, which cannot say whether it has happened. */
    void failed(StoreException error);

    /** It was taken back before it began: it has not happened, and never will. */
    void withdrawn();
  }
}
