package io.dgen.internal.store;

import io.dgen.store.StoreException;
import io.dgen.store.TransactionOptions.Priority;
import java.util.List;

/**
 * One transaction on its way to being committed.
 *
 * @param priority how it ranks among those that wait
 * @param readVersion the version that was read, if {@code reads} is not empty
 * @param snapshotVersion the last commit that was seen, if {@code reads} is not empty
 * @param reads what must not have been written since
 * @param conflicts what it writes and what else it declares as written, without the keys that the
 *     commit completes
 * @param mutations its writes, in order
 * @param watches the watches to start when it is committed
 * @param outcome is told what became of it
 */
record CommitRequest(
    Priority priority,
    long readVersion,
    long snapshotVersion,
    List<KeyRange> reads,
    List<KeyRange> conflicts,
    List<Mutation> mutations,
    List<Watch> watches,
    Outcome outcome) {

  /** Is told what became of a commit, once. */
  interface Outcome {

    /** It is durable and visible. */
    void committed(long version, byte[] versionstamp);

    /** It has not happened, and never will. */
    void failed(StoreException error);
  }
}
