package io.dgen.internal.store;

import java.util.concurrent.CompletableFuture;

/** Decides when, with which others and on which thread a transaction is committed. */
interface Committer {

  /** Commits a transaction, now or soon, and answers it once. */
  void submit(CommitRequest request);

  /**
   * Takes back a transaction whose caller has gone. If it has not been begun it never happens, and
   * is not answered: so what waits for a slow disk is never more than what somebody waits for.
   *
   * @return false if it has been begun, and is answered
   */
  boolean withdraw(CommitRequest request);

  /**
   * Ends what is under way, and fails what still waits and what comes later. Does not wait.
   *
   * @param last done when nothing is under way any more, until it returns {@link
   *     StoreWorkers.Next#END}
   * @return completes when nothing is under way any more
   */
  CompletableFuture<Void> close(StoreWorkers.Step last);
}
