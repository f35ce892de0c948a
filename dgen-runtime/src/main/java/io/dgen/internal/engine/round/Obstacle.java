package io.dgen.internal.engine.round;

/**
 * The reason why an entity's messages cannot run for now.
 *
 * @param kind the kind of obstacle
 * @param micros how long to wait before trying again; 0 if something will wake the activation
 */
public record Obstacle(Kind kind, long micros) {

  static final Obstacle NONE = new Obstacle(Kind.NONE, 0);

  public enum Kind {
    NONE,
    /** The first queued message failed and waits to be retried. */
    BACK_OFF,
    /** A message holds the lock. */
    LOCKED,
    /** The work under the lock sleeps. */
    ASLEEP,
    /** The work under the lock has slept, and is to go on. */
    WOKEN,
    /** The holder of the lock has not renewed it in time. */
    LOCK_EXPIRED,
    /** The entity is paused, until it is resumed. */
    PAUSED,
    /** The queue begins with messages from before a kill. */
    KILLED,
    /** The first queued message may have crashed a node, and is to be tried alone. */
    SUSPECT
  }

  public boolean is(Kind other) {
    return kind == other;
  }
}
