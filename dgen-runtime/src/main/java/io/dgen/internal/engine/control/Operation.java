package io.dgen.internal.engine.control;

import io.dgen.error.DgenException;

/** Something that is done to an entity, in turn with its rounds. */
public interface Operation {

  /** Does it. */
  void run(EntityLane lane) throws InterruptedException;

  /** Says that it was not done, or not for certain. */
  void fail(DgenException error);
}
