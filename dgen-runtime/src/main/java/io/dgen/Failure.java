package io.dgen;

import java.util.Objects;
import java.util.Optional;

/**
 * Something that failed in an entity, as a {@link FailureListener} is told.
 *
 * @param kind what failed, and what that led to
 * @param server the server's name
 * @param id the entity's id
 * @param message the name of the message's record; empty if no message is to blame
 * @param attempts how many attempts of the message have failed; 0 if none is counted
 * @param reason what was thrown; empty where nothing was
 */
public record Failure(
    Kind kind, String server, String id, String message, int attempts, Optional<Throwable> reason) {

  /** The kinds of failure, and what each led to. */
  public enum Kind {
    /** An attempt of a message failed; it stays in the queue and is tried again. */
    ATTEMPT,
    /** A priority or info message failed; its sender was told, and it is not tried again. */
    PRIORITY,
    /** A message was moved to the dead letters. */
    DEAD_LETTER,
    /**
     * {@code handleDeadLetter} failed, or the {@code init} before it: the message is moved to the
     * dead letters without it.
     */
    DEAD_LETTER_CALLBACK,
    /** The message cannot be decoded on this node, and blocks the queue until a node can. */
    UNDECODABLE,
    /** {@code init} failed: the entity does not come into being. */
    INIT,
    /** The stored state cannot be read on this node, and no message runs until a node can. */
    STATE,
    /** A callback returned {@link Results#stop} with an abnormal reason. */
    STOP,
    /**
     * A message was refused that nobody waits for, such as a cast; the reason is the {@link
     * io.dgen.error.RefusedException}.
     */
    REFUSAL,
    /** An action failed; what was committed stands. */
    ACTION,
    /** The entity failed so often that it was paused. */
    PAUSE
  }

  /** Checks the components. */
  public Failure {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(server, "server");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(message, "message");
  }
}
