package io.dgen.internal.store;

import io.dgen.store.StoreException;
import io.dgen.store.TransactionOptions.Priority;
import java.util.List;

/**
 * One transaction on its way to being committed.
 *
 * @param priority how it ranks among those that wait
 * @param size the bytes that count towards the limit
 * @param readAt when it began to read, in versions, if {@code reads} is not empty
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
    long size,
    long readAt,
    long snapshotVersion,
    List<KeyRange> reads,
    List<KeyRange> conflicts,
    List<Mutation> mutations,
    List<Watch> watches,
    Outcome outcome) {

  /** A commit that writes nothing but the store's version. */
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
        };
    return new CommitRequest(
        Priority.DEFAULT, 0, 0, 0, List.of(), List.of(), List.of(), List.of(), outcome);
  }

  /** Is told what became of a commit, once. */
  interface Outcome {

    /** It is durable and visible. */
    void committed(long version, byte[] versionstamp);

    /** It has not happened, and never will. */
    void failed(StoreException error);
  }
}
