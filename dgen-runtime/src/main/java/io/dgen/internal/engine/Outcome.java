package io.dgen.internal.engine;

import io.dgen.DgenException;
import io.dgen.StopReason;
import io.dgen.internal.engine.ActionRunner.MessageActions;
import io.dgen.internal.engine.ReplyBatch.MailedReply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a round did, for those who hear of it after the commit.
 *
 * @param memory what to remember if it committed and nothing was changed, or the version is filled
 *     in
 * @param stateChanged whether the commit's versionstamp is the new version
 * @param state the state that was committed, for the actions; null if there are none
 * @param taken how many of the lane's messages are done with
 * @param answers what senders on this node get
 * @param ownReplies what calls get that wait in this node's mailbox
 * @param actions what is done after the commit
 * @param lock the lock that a message took; null for none
 * @param stopped why the entity stops; null if it does not
 * @param sent what callbacks sent to others
 * @param sawQueue whether the queue held a message
 * @param more whether it holds more
 * @param obstacle what kept the round from running anything
 */
record Outcome<S, M>(
    Memory<S> memory,
    boolean stateChanged,
    @Nullable S state,
    int taken,
    List<Answer<M>> answers,
    List<MailedReply> ownReplies,
    List<MessageActions<S>> actions,
    @Nullable LockTaken<S, M> lock,
    @Nullable Stopped stopped,
    RoundOutbox.Sent sent,
    boolean sawQueue,
    boolean more,
    Obstacle obstacle) {

  /** A round that ran nothing. */
  static <S, M> Outcome<S, M> none(Memory<S> memory, boolean sawQueue, Obstacle obstacle) {
    return new Outcome<>(
        memory,
        false,
        null,
        0,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        RoundOutbox.Sent.NOTHING,
        sawQueue,
        false,
        obstacle);
  }

  /**
   * That a callback stopped the entity.
   *
   * @param message the name of the message that did
   * @param paused whether that was one failure too many
   */
  record Stopped(StopReason reason, String message, boolean paused) {

    Stopped paused(boolean now) {
      return new Stopped(reason, message, now);
    }
  }

  /**
   * A sender on this node and what it gets.
   *
   * @param problem what it gets in place of a reply; null for none
   */
  record Answer<M>(Pending<M> pending, @Nullable Object reply, @Nullable DgenException problem) {

    Answer(Pending<M> pending, @Nullable Object reply) {
      this(pending, reply, null);
    }
  }

  /**
   * What keeps an entity's messages from running for now.
   *
   * @param kind what it is
   * @param micros how long to wait before looking again; 0 if something will wake the activation
   */
  record Obstacle(Kind kind, long micros) {

    static final Obstacle NONE = new Obstacle(Kind.NONE, 0);

    enum Kind {
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

    boolean is(Kind other) {
      return kind == other;
    }
  }
}
