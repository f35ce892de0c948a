package io.dgen.internal.store;

/** Decides when, with which others and on which thread a transaction is committed. */
interface Committer {

  /** Commits a transaction, now or soon. */
  void submit(CommitRequest request);

  /** Commits what is under way, and fails what still waits and what comes later. */
  void close();
}
