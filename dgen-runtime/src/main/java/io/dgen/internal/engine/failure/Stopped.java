package io.dgen.internal.engine.failure;

import io.dgen.StopReason;

/**
 * That a callback stopped the entity.
 *
 * @param message the name of the message that did
 * @param paused whether that was one failure too many
 */
public record Stopped(StopReason reason, String message, boolean paused) {

  public Stopped paused(boolean now) {
    return new Stopped(reason, message, now);
  }
}
