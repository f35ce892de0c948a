package io.dgen.internal.engine.round;

import io.dgen.internal.engine.failure.RefusedMessage;
import io.dgen.internal.engine.failure.Stopped;
import io.dgen.internal.engine.later.RoundOutbox;
import io.dgen.internal.engine.round.ActionRunner.MessageActions;
import io.dgen.internal.engine.send.Answer;
import io.dgen.internal.engine.send.MailedReply;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcome of a round, for everything that follows the commit.
 *
 * @param memory what to cache if it committed and nothing was changed, or the version is filled in
 * @param stateChanged whether the commit's versionstamp is the new version
 * @param state the committed state, or the one that was deleted, for the actions; null if there are
 *     none
 * @param taken how many of the lane's messages are finished
 * @param answers the answers to senders on this node
 * @param ownReplies the replies to calls that wait in this node's mailbox
 * @param actions the actions to run after the commit
 * @param lock the lock that a message took; null for none
 * @param stopped why the entity stops; null if it does not
 * @param deletedBy the name of the message that deleted the entity; null if none did
 * @param refused the messages that were refused
 * @param sent what callbacks sent to others
 * @param late how many answers were dropped, since what they answer is no longer open
 * @param sawQueue whether the queue held a message
 * @param more whether it holds more
 * @param obstacle what kept the round from running anything
 */
public record Outcome<S, M>(
    CachedState<S> memory,
    boolean stateChanged,
    @Nullable S state,
    int taken,
    List<Answer<M>> answers,
    List<MailedReply> ownReplies,
    List<MessageActions<S>> actions,
    @Nullable LockTaken<S, M> lock,
    @Nullable Stopped stopped,
    @Nullable String deletedBy,
    List<RefusedMessage> refused,
    RoundOutbox.Sent sent,
    int late,
    boolean sawQueue,
    boolean more,
    Obstacle obstacle) {

  /** Returns the outcome of a round that ran nothing. */
  static <S, M> Outcome<S, M> none(CachedState<S> memory, boolean sawQueue, Obstacle obstacle) {
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
        null,
        List.of(),
        RoundOutbox.Sent.NOTHING,
        0,
        sawQueue,
        false,
        obstacle);
  }
}
