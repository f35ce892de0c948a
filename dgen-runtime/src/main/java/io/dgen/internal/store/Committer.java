package io.dgen.internal.store;

import java.util.concurrent.CompletableFuture;

/** Decides when, with which others and on which thread a transaction is committed. */
interface Committer {

  /** Commits a transaction, now or soon, and answers it once. */
  void submit(CommitRequest request);

  /**
   * Withdraws a transaction whose caller is gone. If it has not begun, it never happens and is not
   * answered: so only requests with a waiting caller wait for a slow disk.
   *
   * @return false if it has begun, and will be answered
   */
  boolean withdraw(CommitRequest request);

  /**
   * Finishes the commits in progress, and fails those that still wait and those that come later.
   * Does not block.
   *
   * @param last run when nothing is in progress any more, until it returns {@link
   *     StoreWorkers.Next#END}
   * @return completes when nothing is in progress any more
   */
  CompletableFuture<Void> close(StoreWorkers.Step last);
}
