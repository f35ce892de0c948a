package io.dgen.internal.engine.round;

import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.internal.engine.failure.RoundFailure;
import io.dgen.internal.engine.failure.RoundFailure.Fault;
import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.LockRecord;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.format.Meta.Flag;
import io.dgen.internal.engine.send.Pending;
import io.dgen.internal.engine.send.Push;
import io.dgen.internal.engine.send.Queued;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.spi.Environment;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The lock that a message takes in one attempt of a round, if one does. */
final class RoundLock<S, M> {

  private final RoundSetup<S, M> setup;
  private final RoundAnswers<M> answers;
  private @Nullable LockTaken<S, M> taken;

  /** The locking message, if it is to be pushed. */
  private @Nullable Pending<M> sender;

  RoundLock(RoundSetup<S, M> setup, RoundAnswers<M> answers) {
    this.setup = setup;
    this.answers = answers;
  }

  /**
   * Records that a message takes the lock. A call waits in the mailbox; a cast is durable from then
   * on.
   */
  void take(Meta meta, M message, int attempt, S state, Recipient<M> recipient) {
    String name = setup.server().codec.name(message);
    if (!setup.server().descriptor.hasLocked(message)) {
      throw new DgenException(
          "the callback of "
              + name
              + " returned lock, but there is no handleLocked for it; declare one",
          null,
          Effect.NONE);
    }
    if (meta.has(Flag.LOCKED)) {
      throw new DgenException(
          setup.address() + " is already locked: " + name + " cannot lock it; try again later",
          null,
          Effect.NONE);
    }
    Caller caller = answers.replyLater(recipient);
    if (!recipient.isCaller()) {
      answers.acknowledge(recipient);
    }
    sender = recipient.pending();
    taken =
        new LockTaken<>(
            message,
            attempt,
            setup.environment().random().nextLong(),
            state,
            caller,
            recipient.idempotencyKey(),
            recipient.mayHaveSteps());
  }

  /** Returns the lock; null if no message takes one. */
  @Nullable LockTaken<S, M> taken() {
    return taken;
  }

  /** Returns whether a message that is already in the queue takes the lock. */
  boolean isOfQueued() {
    return taken != null && sender == null;
  }

  /**
   * Takes the lock, if a message does. The message is in the queue, or goes there now, and stays
   * there until the lock is released: whatever happens to this node, it is not lost.
   *
   * @param queued the message, if it is in the queue
   * @param index its position in the round
   */
  void write(Transactor.Attempt attempt, @Nullable Queued queued, int index)
      throws InterruptedException {
    if (taken == null) {
      return;
    }
    Environment environment = setup.environment();
    String name = setup.server().codec.name(taken.message());
    long now = environment.now().toEpochMilli();
    if (sender != null) {
      byte[] stamp = Push.writeOne(attempt.writes(), setup.keys(), envelope(sender, now, index));
      LockRecord.of(stamp, taken.token(), setup.entity().node(), now, name)
          .writeWithPushed(attempt.writes(), setup.keys());
    } else {
      Queued message = Objects.requireNonNull(queued);
      LockRecord.of(message.stamp, taken.token(), setup.entity().node(), now, name)
          .withOriginOf(message.envelope())
          .write(attempt.writes(), setup.keys());
    }
    long version = environment.await(attempt.reads().getReadVersion());
    LockRecord.lease(
        attempt.writes(), setup.keys(), version + setup.services().settings().lockTimeoutMicros());
  }

  private Envelope envelope(Pending<M> pending, long now, int index) {
    try {
      return Push.envelope(pending, setup.entity().node(), now);
    } catch (RuntimeException e) {
      throw new RoundFailure(Fault.MESSAGE, index, e);
    }
  }
}
