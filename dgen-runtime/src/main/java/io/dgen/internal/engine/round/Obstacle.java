package io.dgen.internal.engine.round;

/**
 * What keeps an entity's messages from running for now.
 *
 * @param kind what it is
 * @param micros how long to wait before looking again; 0 if something will wake the activation
 */
public record Obstacle(Kind kind, long micros) {

  static final Obstacle NONE = new Obstacle(Kind.NONE, 0);

  public enum Kind {
    NONE,
    /** The first queued message failed and waits to be tried again. */
    BACK_OFF,
    /** A message holds the lock. */
    LOCKED,
    /** The holder of the lock has not renewed it in time. */
    LOCK_EXPIRED,
    /** Paused, until somebody resumes it. */
    PAUSED,
    /** The queue begins with messages from before a kill. */
    KILLED,
    /** The first queued message may have ended a node, and is to be tried alone. */
    SUSPECT
  }

  public boolean is(Kind other) {
    return kind == other;
  }
}
