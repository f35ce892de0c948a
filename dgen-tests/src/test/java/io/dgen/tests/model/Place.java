package io.dgen.tests.model;

import io.dgen.Dgen;
import io.dgen.store.Store;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

/** A node and what is around it, for those who send from there. */
public interface Place {

  Dgen dgen();

  /** The store, for transactions of the sender's own. */
  Store store();

  /** Whether the node hosts the cells, so that it takes priority and info messages. */
  boolean hosts();

  /** Whether something is wrong with the node, so that its senders may hear of errors. */
  boolean mayFail();

  /** The time by the node's clock. */
  Instant now();

  /** Waits until a future is done, whether well or not. */
  void await(CompletableFuture<?> future);

  /** Lets some time pass. */
  void pause();

  /** Waits until what is wrong with the node is over, if it ever is. */
  void recover();
}
