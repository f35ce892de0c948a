package io.dgen.internal.engine.control;

import io.dgen.error.DgenException;
import io.dgen.internal.engine.failure.CallbackProgress;

/** What an operation may do to the messages that wait in this node's memory. */
public interface EntityLane {

  /** Takes the messages that were sent before the operation out of the lane, and fails them. */
  void fail(DgenException error);

  /** Drops the cached state, and the reason for which the first queued message waited. */
  void forget();

  /** Returns where to report user code that the operation runs. */
  CallbackProgress progress();
}
