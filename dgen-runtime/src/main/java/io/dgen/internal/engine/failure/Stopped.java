package io.dgen.internal.engine.failure;

import io.dgen.StopReason;

/**
 * A stop of the entity by a callback.
 *
 * @param message the name of the callback's message
 * @param paused whether that was one failure too many
 */
public record Stopped(StopReason reason, String message, boolean paused) {

  public Stopped paused(boolean now) {
    return new Stopped(reason, message, now);
  }
}
