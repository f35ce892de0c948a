package io.dgen.internal.engine.failure;

import io.dgen.Failure;
import io.dgen.FailurePolicy;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.DeadLetterRecord;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.format.Meta.Flag;
import io.dgen.internal.engine.format.ReplyRecord;
import io.dgen.internal.engine.format.ReplyRecord.Problem;
import io.dgen.internal.engine.format.StampedKeys;
import io.dgen.internal.engine.later.StepRows;
import io.dgen.internal.engine.send.DeleteMessage;
import io.dgen.internal.engine.send.MailedReply;
import io.dgen.internal.engine.send.Queued;
import io.dgen.internal.engine.send.ReplyBatch;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a message that has failed often enough, or cannot succeed, from the queue to the dead
 * letters, and tells its caller. A round does that in its own transaction, together with {@code
 * handleDeadLetter}; if that cannot succeed, the message is moved without it.
 */
public final class DeadLettering {

  private static final Logger LOG = LoggerFactory.getLogger(DeadLettering.class);

  private final Entity entity;
  private final Address address;
  private final EntityKeys keys;
  private final Environment environment;
  private final Failing failing;

  public DeadLettering(Entity entity, Failing failing) {
    this.entity = entity;
    this.address = entity.address();
    this.keys = entity.keys();
    this.environment = entity.environment();
    this.failing = failing;
  }

  /** Returns whether a message is to be given up rather than retried. */
  public boolean isDue(Envelope message) {
    FailurePolicy policy = failing.policy(entity);
    return policy.isExhausted(message.attempts(), message.hasLocked())
        || policy.isDangerous(message.crashes())
        || message.notBefore() == Envelope.NEVER;
  }

  /**
   * Returns whether a message is to be given up without running its callback, which may have
   * crashed a node.
   */
  public boolean isOverdue(Envelope message) {
    return failing.policy(entity).isDangerous(message.crashes());
  }

  /**
   * Returns the number of attempts of a message that is given up. The trial in which it is given up
   * does not count: it runs {@code handleDeadLetter}.
   */
  public int tries(Envelope message) {
    return message.notBefore() == Envelope.NEVER
            || failing.policy(entity).isExhausted(message.attempts(), message.hasLocked())
        ? message.attempts()
        : message.attempts() + message.crashes();
  }

  /**
   * Moves a message that a transaction pops to the dead letters, in the same transaction, and tells
   * its caller, if there is one.
   *
   * @param replies the replies of the transaction, which it writes afterwards
   */
  public void bury(Transactor.Attempt attempt, Queued queued, ReplyBatch replies)
      throws InterruptedException {
    Envelope message = failing.outgoing().asks().whole(attempt, address, queued.envelope());
    failing.outgoing().givenUp(attempt, address, message);
    boolean told = tell(attempt, queued.stamp, message, message.caller(), replies, answer(message));
    if (isDelete(message)) {
      return;
    }
    Envelope kept = StepRows.buried(attempt, keys, environment, queued.stamp, message);
    add(
        attempt,
        queued.stamp,
        DeadLetterRecord.encode(kept, tries(message), environment.now().toEpochMilli(), told));
  }

  /** Adds a letter, as part of the transaction that takes its message out of the queue. */
  void add(Transactor.Attempt attempt, byte[] stamp, byte[] letter) {
    DeadLetterBox.add(attempt.writes(), keys, stamp, letter);
    failing.retention().added(attempt.writes(), address, stamp);
  }

  /**
   * Tells the caller of a message, if there is one, what has become of it.
   *
   * @param message null if its header is unreadable
   * @return whether the caller is told: it still waits, and its answer will be written
   */
  boolean tell(
      Transactor.Attempt attempt,
      byte[] stamp,
      @Nullable Envelope message,
      @Nullable Caller caller,
      ReplyBatch replies,
      byte[] answer)
      throws InterruptedException {
    if (caller == null) {
      return false;
    }
    replies.add(caller, answer);
    long now = environment.await(attempt.reads().getReadVersion());
    boolean gone = message != null && message.isCallerGone(now, KeyLayout.versionOf(stamp));
    return !gone && replies.reaches(caller);
  }

  /**
   * Returns whether a message is an operator's, to delete the entity. It never becomes a dead
   * letter: whoever puts back the letters of a server must not delete an entity by that.
   */
  private static boolean isDelete(Envelope message) {
    return message.name().equals(DeleteMessage.NAME);
  }

  private byte[] answer(Envelope message) {
    if (isDelete(message)) {
      return ReplyRecord.problem(
          Problem.CALLBACK,
          address
              + " was not deleted: "
              + message.name()
              + " was given up after "
              + tries(message)
              + (tries(message) == 1 ? " attempt" : " attempts")
              + ", the last of which failed with "
              + message.error());
    }
    String text =
        message.name()
            + " to "
            + address
            + " was given up after "
            + tries(message)
            + (tries(message) == 1 ? " attempt" : " attempts")
            + " and is a dead letter; the last failed with "
            + message.error();
    return ReplyRecord.deadLetter(text, tries(message), message.effectIfDropped());
  }

  /** Logs and reports that a message was given up, once that has committed. */
  public void report(Queued queued) {
    Envelope message = queued.envelope();
    if (isDelete(message)) {
      LOG.warn(
          "{} was not deleted: {} was given up after {} attempts; the last failed with {}",
          address,
          message.name(),
          tries(message),
          message.error());
      return;
    }
    LOG.warn(
        "{} to {} was given up after {} attempts and is a dead letter; the last failed with {}",
        message.name(),
        address,
        tries(message),
        message.error());
    failing
        .reports()
        .report(address, Failure.Kind.DEAD_LETTER, message.name(), tries(message), null);
  }

  /**
   * Gives up a queued message without its callback, which failed, or for which there is no state.
   *
   * @param reason the failure
   */
  public void withoutCallback(Queued queued, Throwable reason) throws InterruptedException {
    Envelope message = queued.envelope();
    LOG.warn(
        "{} to {} becomes a dead letter without its handleDeadLetter, which failed",
        message.name(),
        address,
        reason);
    failing
        .reports()
        .report(address, Failure.Kind.DEAD_LETTER_CALLBACK, message.name(), tries(message), reason);
    Optional<List<MailedReply>> ownReplies =
        entity
            .transactor()
            .<Optional<List<MailedReply>>>run(attempt -> moveOnce(attempt, queued))
            .value();
    ownReplies.ifPresent(
        replies -> {
          failing.mailbox().complete(replies);
          report(queued);
        });
  }

  /**
   * Moves the message; returns empty if it is no longer the first of its queue, or must not be
   * touched now.
   */
  private Optional<List<MailedReply>> moveOnce(Transactor.Attempt attempt, Queued queued)
      throws InterruptedException {
    StampedKeys queue = keys.messages();
    var metaRead = attempt.reads().get(keys.meta);
    byte[] stored = environment.await(metaRead);
    Meta meta = Meta.of(stored);
    if (meta.has(Flag.KILLED) || meta.has(Flag.LOCKED) || meta.has(Flag.PAUSED)) {
      return Optional.empty();
    }
    // Only up to its end, so that it is certain to be the first; with a conflict, since counting
    // writes it.
    byte[] begin = queue.behind(meta.head());
    List<KeyValue> rows =
        environment.await(attempt.reads().getRange(begin, queue.behind(queued.stamp), 0));
    byte[][] chunks = rows.stream().map(KeyValue::value).toArray(byte[][]::new);
    if (!Arrays.equals(Keys.join(chunks), queued.bytes)) {
      return Optional.empty();
    }
    ReplyBatch replies = failing.mailbox().replies(attempt);
    bury(attempt, queued, replies);
    attempt.writes().clear(begin, queue.behind(queued.stamp));
    attempt.writes().set(keys.meta, meta.popped(queued.stamp, 1).encoded());
    replies.write();
    return Optional.of(replies.own());
  }
}
