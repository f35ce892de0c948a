package io.dgen.internal.engine;

import io.dgen.Failure;
import io.dgen.FailurePolicy;
import io.dgen.internal.engine.KeyLayout.EntityKeys;
import io.dgen.internal.engine.Meta.Flag;
import io.dgen.internal.engine.QueueReader.Queued;
import io.dgen.internal.engine.ReplyBatch.MailedReply;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a message that has failed often enough, or cannot succeed, from the queue to the dead
 * letters, and tells its caller. A round does that in its own transaction, together with {@code
 * handleDeadLetter}; if that cannot succeed, the message is moved without it.
 */
final class Burial {

  private static final Logger LOG = LoggerFactory.getLogger(Burial.class);

  private final Engine engine;
  private final Activations.Address address;
  private final EntityKeys keys;
  private final Environment environment;

  Burial(Engine engine, Activations.Address address, EntityKeys keys) {
    this.engine = engine;
    this.address = address;
    this.keys = keys;
    this.environment = engine.environment();
  }

  /** Whether a message is to be given up rather than tried again. */
  boolean isDue(Envelope message) {
    FailurePolicy policy = engine.policy(address.server());
    return policy.isExhausted(message.attempts())
        || policy.isDangerous(message.crashes())
        || message.notBefore() == Envelope.NEVER;
  }

  /**
   * Whether a message is to be given up without asking its callback, which may have ended a node.
   */
  boolean isOverdue(Envelope message) {
    return engine.policy(address.server()).isDangerous(message.crashes());
  }

  /**
   * How often a message that is given up was tried. A trial in which it is given up is none of its
   * own: it runs {@code handleDeadLetter}.
   */
  int tries(Envelope message) {
    return message.notBefore() == Envelope.NEVER
            || engine.policy(address.server()).isExhausted(message.attempts())
        ? message.attempts()
        : message.attempts() + message.crashes();
  }

  /** Makes a message that a transaction pops a dead letter in the same transaction. */
  void bury(Transactor.Attempt attempt, Queued queued) throws InterruptedException {
    Envelope message = queued.envelope();
    engine.messaging().givenUp(attempt, address, message);
    byte[] letter =
        DeadLetterForm.encode(message, tries(message), environment.now().toEpochMilli());
    DeadLetterBox.add(attempt.writes(), keys, queued.stamp, letter);
  }

  /** Tells the caller of a message that is buried, if there is one. */
  void reply(ReplyBatch replies, Envelope message) {
    Caller caller = message.caller();
    if (caller != null) {
      String text =
          message.name()
              + " to "
              + address
              + " was given up after "
              + tries(message)
              + (tries(message) == 1 ? " attempt" : " attempts")
              + " and is a dead letter; the last failed with "
              + message.error();
      replies.add(caller, ReplyForm.deadLetter(text, tries(message)));
    }
  }

  /** Says that a message was buried, once that has committed. */
  void report(Queued queued) {
    Envelope message = queued.envelope();
    LOG.warn(
        "{} to {} was given up after {} attempts and is a dead letter; the last failed with {}",
        message.name(),
        address,
        tries(message),
        message.error());
    engine
        .failures()
        .report(address, Failure.Kind.DEAD_LETTER, message.name(), tries(message), null);
  }

  /**
   * Buries a queued message without its callback, which failed, or for which there is no state.
   *
   * @param reason why
   */
  void withoutCallback(Queued queued, Throwable reason) throws InterruptedException {
    Envelope message = queued.envelope();
    LOG.warn(
        "{} to {} becomes a dead letter without its handleDeadLetter, which failed",
        message.name(),
        address,
        reason);
    engine
        .failures()
        .report(address, Failure.Kind.DEAD_LETTER_CALLBACK, message.name(), tries(message), reason);
    Optional<List<MailedReply>> ownReplies =
        engine
            .transactor()
            .<Optional<List<MailedReply>>>run(attempt -> moveOnce(attempt, queued))
            .value();
    ownReplies.ifPresent(
        replies -> {
          engine.mailbox().complete(replies);
          report(queued);
        });
  }

  /** Empty if the message is not the first of its queue any more, or must not be touched now. */
  private Optional<List<MailedReply>> moveOnce(Transactor.Attempt attempt, Queued queued)
      throws InterruptedException {
    StampedKeys queue = keys.messages();
    var metaRead = attempt.reads().get(keys.meta);
    byte[] stored = environment.await(metaRead);
    Meta meta = stored == null ? Meta.NONE : Meta.decode(stored);
    if (meta.has(Flag.KILLED) || meta.has(Flag.LOCKED) || meta.has(Flag.PAUSED)) {
      return Optional.empty();
    }
    // Alone up to its end, so that it is the first; with a conflict, since counting writes it.
    byte[] begin = queue.behind(meta.head());
    List<KeyValue> rows =
        environment.await(attempt.reads().getRange(begin, queue.behind(queued.stamp), 0));
    byte[][] chunks = rows.stream().map(KeyValue::value).toArray(byte[][]::new);
    if (!Arrays.equals(Keys.join(chunks), queued.bytes)) {
      return Optional.empty();
    }
    bury(attempt, queued);
    attempt.writes().clear(begin, queue.behind(queued.stamp));
    attempt.writes().set(keys.meta, meta.popped(queued.stamp, 1).encoded());
    ReplyBatch replies = new ReplyBatch(engine, attempt);
    reply(replies, queued.envelope());
    replies.write();
    return Optional.of(replies.own());
  }
}
