package io.dgen.internal.engine.round;

import io.dgen.Delete;
import io.dgen.Lock;
import io.dgen.NoReply;
import io.dgen.Refuse;
import io.dgen.Reply;
import io.dgen.ReplyAndDelete;
import io.dgen.ReplyAndStop;
import io.dgen.ReplyLater;
import io.dgen.Result;
import io.dgen.Stop;
import io.dgen.StopReason;
import io.dgen.codec.TermCodec;
import io.dgen.error.Effect;
import io.dgen.error.RefusedException;
import io.dgen.generated.MessageCodec;
import io.dgen.internal.Texts;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.IdempotencyRecord;
import io.dgen.internal.engine.format.IdempotencyRecord.What;
import io.dgen.internal.engine.format.LockRecord;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.format.Meta.Flag;
import io.dgen.internal.engine.format.ReplyRecord;
import io.dgen.internal.engine.format.ReplyRecord.Problem;
import io.dgen.internal.engine.format.Sizes;
import io.dgen.internal.engine.later.RoundIdempotency;
import io.dgen.spi.Environment;
import io.dgen.store.ReadTransaction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets messages with an idempotency key count once, in one attempt of a transaction: a message is
 * recorded together with its effect, and a repeated one gets the first one's result.
 */
public final class IdempotencyCheck<M> {

  private static final Logger LOG = LoggerFactory.getLogger(IdempotencyCheck.class);

  private final RoundSetup<?, M> setup;
  private final Meta meta;
  private final ReadTransaction snapshot;
  private final RoundIdempotency records;
  private final RoundAnswers<M> answers;
  private final Address address;
  private final MessageCodec<M> codec;

  IdempotencyCheck(
      RoundSetup<?, M> setup,
      Meta meta,
      ReadTransaction snapshot,
      RoundIdempotency records,
      RoundAnswers<M> answers) {
    this.setup = setup;
    this.meta = meta;
    this.snapshot = snapshot;
    this.records = records;
    this.answers = answers;
    this.address = setup.address();
    this.codec = setup.server().codec;
  }

  /** Begins to read a record that will be needed. */
  void prefetch(@Nullable String key) {
    if (key != null) {
      records.prefetch(address, key);
    }
  }

  /**
   * Returns whether a message must not run, since one has run under its key; its recipient is then
   * answered.
   */
  boolean wasDone(M message, Recipient<M> recipient) throws InterruptedException {
    String key = recipient.idempotencyKey();
    if (key == null) {
      return false;
    }
    IdempotencyRecord record = records.find(address, key);
    if (record == null) {
      return isAtWork(key, message, recipient);
    }
    What what = What.of(codec, message);
    if (record.isDamaged()) {
      lost(key, recipient);
    } else if (!record.what().isSame(what)) {
      refuse(key, record, what, recipient);
    } else if (record.reply() != null) {
      answers.repeat(recipient, record.reply().bytes);
    } else if (recipient.isCaller()) {
      Caller caller = answers.replyLater(recipient);
      if (record.isWaiting() && caller != null) {
        records.join(address, key, record, caller);
      }
    } else {
      answers.acknowledge(recipient);
    }
    return true;
  }

  /**
   * Returns whether the message under the same key holds the lock. Other messages wait for it; a
   * priority message cannot, and is refused.
   */
  private boolean isAtWork(String key, M message, Recipient<M> recipient)
      throws InterruptedException {
    if (setup.readsQueue() || !meta.has(Flag.LOCKED)) {
      return false;
    }
    Environment environment = setup.environment();
    if (!key.equals(keyOfHolder(snapshot, setup.keys(), environment))) {
      return false;
    }
    answers.problem(
        recipient,
        Problem.KEY_REUSED,
        "the message under the idempotency key "
            + Texts.quoted(key)
            + " holds the lock of "
            + address
            + " and is still running: a priority "
            + codec.name(message)
            + " cannot wait for it; send it without priority()");
    return true;
  }

  /**
   * Answers a message whose record is damaged. It has run: there are no records of messages that
   * have not.
   */
  private void lost(String key, Recipient<M> recipient) {
    String text =
        "the idempotency record "
            + Texts.quoted(key)
            + " of "
            + address
            + " is damaged in the store: a message"
            + " under this key has run, and nothing else is known of it";
    if (recipient.isCaller()) {
      answers.problem(recipient, Problem.KEY_REUSED, text, Effect.UNKNOWN);
    } else {
      LOG.error("a message is treated as executed: {}", text);
      answers.acknowledge(recipient);
    }
  }

  private void refuse(String key, IdempotencyRecord record, What what, Recipient<M> recipient) {
    String text = RoundIdempotency.refusal(address, key, record, what);
    if (recipient.pending() == null && !recipient.isCaller()) {
      LOG.warn("a message whose sender does not wait is dropped: {}", text);
    }
    answers.problem(recipient, Problem.KEY_REUSED, text, recipient.effectIfDropped());
  }

  /** Records a message that has run, if it has a key and has taken effect. */
  void done(M message, Recipient<M> recipient, Result<?> result) throws InterruptedException {
    String key = recipient.idempotencyKey();
    if (key == null) {
      return;
    }
    String name = codec.name(message);
    What what = What.of(codec, message);
    switch (result) {
      case Reply<?, ?> it -> records.done(address, key, what, encoded(message, it.reply()));
      case ReplyAndStop<?, ?> it -> records.done(address, key, what, encoded(message, it.reply()));
      case ReplyAndDelete<?, ?> it ->
          records.done(address, key, what, encoded(message, it.reply()));
      case NoReply<?> it -> records.done(address, key, what, null);
      case Stop<?, ?> it ->
          records.done(
              address,
              key,
              what,
              recipient.isCaller()
                  ? ReplyRecord.problem(Problem.STOPPED, stoppedText(address, name, it.reason()))
                  : null);
      case Delete<?, ?> it ->
          records.done(
              address,
              key,
              what,
              recipient.isCaller()
                  ? ReplyRecord.problem(Problem.DELETED, deletedText(address, name))
                  : null);
      case ReplyLater<?, ?> it -> later(key, what, recipient);
      case Lock<?, ?> it -> {
        // It takes effect when the lock is released.
      }
      case Refuse<?, ?> it -> refused(message, recipient, it.refusal());
    }
  }

  /** Records a message that was refused, if it has a key. */
  void refused(M message, Recipient<M> recipient, RefusedException refusal)
      throws InterruptedException {
    String key = recipient.idempotencyKey();
    if (key != null) {
      records.refused(address, key, What.of(codec, message), recipient.isCaller(), refusal);
    }
  }

  private void later(String key, What what, Recipient<M> recipient) throws InterruptedException {
    Caller caller = answers.replyLater(recipient);
    if (caller == null) {
      records.done(address, key, what, null);
    } else {
      records.waiting(address, key, what, caller);
    }
  }

  /** Returns the answer to those who were still owed one by an entity that is deleted. */
  public static byte[] owedByDeleted(Address address) {
    return ReplyRecord.problem(
        Problem.DELETED, address + " was deleted before it answered what had run");
  }

  /** Returns the error text for the caller of a message that stopped the entity without a reply. */
  public static String stoppedText(Address address, String name, StopReason reason) {
    return name + " stopped " + address + ": " + reason;
  }

  /** Returns the error text for the caller of a message that deleted the entity without a reply. */
  public static String deletedText(Address address, String name) {
    return name + " deleted " + address + ", and gave no reply";
  }

  private byte[] encoded(M message, @Nullable Object reply) {
    TermCodec<Object> replies = codec.replyCodec(message);
    return Sizes.kept(ReplyRecord.value(replies, reply));
  }

  /**
   * Returns the idempotency key of the message that holds an entity's lock; null if it has none.
   */
  private static @Nullable String keyOfHolder(
      ReadTransaction snapshot, EntityKeys keys, Environment environment)
      throws InterruptedException {
    byte[] lock = environment.await(snapshot.get(keys.lock()));
    if (lock == null) {
      return null;
    }
    byte[] stamp = LockRecord.decode(lock).stamp();
    byte[] first = environment.await(snapshot.get(keys.queueKey(stamp, 0)));
    return first == null ? null : Envelope.idempotencyKeyOf(first);
  }
}
