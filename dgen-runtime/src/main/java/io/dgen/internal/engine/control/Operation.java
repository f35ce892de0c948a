package io.dgen.internal.engine.control;

import io.dgen.error.DgenException;

/** An operation on an entity, in turn with its rounds. */
public interface Operation {

  /** Runs the operation. */
  void run(EntityLane lane) throws InterruptedException;

  /** Reports that the operation was not done, or that its outcome is unknown. */
  void fail(DgenException error);
}
