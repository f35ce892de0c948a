package io.dgen.internal.engine.control;

import io.dgen.codec.CodecException;
import io.dgen.codec.SchemaVersion;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.internal.engine.cluster.Ownership;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.EndNotice;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.LockRecord;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.format.Meta.Flag;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.engine.format.ReplyRecord;
import io.dgen.internal.engine.format.ReplyRecord.Problem;
import io.dgen.internal.engine.later.DelayedMessages;
import io.dgen.internal.engine.later.StepRows;
import io.dgen.internal.engine.send.MailedReply;
import io.dgen.internal.engine.send.OwedAnswers;
import io.dgen.internal.engine.send.QueueReader;
import io.dgen.internal.engine.send.ReplyBatch;
import io.dgen.internal.engine.send.ReplyMailbox;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Transaction;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Kills an entity: deletes its state, queue, lock, pause, dead letters and delayed messages, and
 * tells the senders that wait for its queued messages.
 *
 * <p>One transaction kills it, whatever its size: it clears the state and writes its own
 * versionstamp under {@code killed}. Queue keys are versionstamps too, so whether a message came
 * before or after is exact, even for one that is pushed at the same time. The messages from before
 * are then popped in pages without being run. If this node dies, the next one that works on the
 * entity continues with that.
 */
public final class EntityKill {

  private static final Logger LOG = LoggerFactory.getLogger(EntityKill.class);

  /** How many rows of the queue one transaction sweeps. */
  private static final int PAGE = 500;

  private static final int STAMP_OF_COMMIT = 10;

  private final Entity entity;
  private final Address address;
  private final EntityKeys keys;
  private final Environment environment;
  private final Services services;
  private final QueueReader queue;

  public EntityKill(Entity entity, Services services) {
    this.entity = entity;
    this.address = entity.address();
    this.keys = entity.keys();
    this.environment = entity.environment();
    this.services = services;
    this.queue = new QueueReader(environment, keys);
  }

  /**
   * What killing entities needs of a node.
   *
   * @param mailbox answers senders that wait on this node
   * @param delayed the delayed messages, which are cleared too
   * @param ownership finds the owner to notify
   */
  public record Services(ReplyMailbox mailbox, DelayedMessages delayed, Ownership ownership) {}

  /** The state that follows. */
  @FunctionalInterface
  interface Successor {

    /** No state: the next message creates a new one. */
    Successor NONE = (attempt, replies) -> null;

    /**
     * Writes the new state.
     *
     * @param replies takes the replies of its init
     * @return the version of the server's types that wrote it; null if there is none
     */
    @Nullable SchemaVersion write(Transactor.Attempt attempt, ReplyBatch replies);
  }

  /**
   * Kills the entity, and stores the successor's state in its place.
   *
   * @throws DgenException {@link Effect#NONE} or {@link Effect#UNKNOWN} if it is not known to be
   *     killed; {@link Effect#APPLIED} if it is, and the next node that works on it sweeps its
   *     queue
   */
  void run(Successor successor) throws InterruptedException {
    List<MailedReply> ownReplies =
        entity.transactor().run(attempt -> end(attempt, successor)).value();
    services.mailbox().complete(ownReplies);
    try {
      sweep();
    } catch (DgenException e) {
      throw new DgenException(
          address
              + " was killed or reset, but the messages of its queue from before could not be"
              + " removed yet; they will not be executed: "
              + e.getMessage(),
          e,
          Effect.APPLIED);
    }
  }

  private List<MailedReply> end(Transactor.Attempt attempt, Successor successor)
      throws InterruptedException {
    var metaRead = attempt.reads().get(keys.meta);
    var lockRead = attempt.reads().snapshot().get(keys.lock());
    byte[] stored = environment.await(metaRead);
    byte[] lock = environment.await(lockRead);
    Transaction transaction = attempt.writes();
    ReplyBatch replies = services.mailbox().replies(attempt);
    Meta meta = withoutHolder(attempt, decoded(stored), lock, replies);
    StepRows.clearAll(transaction, keys);
    for (byte[] prefix : List.of(keys.state, keys.dead(), keys.done(), keys.asks())) {
      transaction.clear(prefix, Keys.prefixEnd(prefix));
    }
    for (byte[] key : List.of(keys.paused(), keys.failures(), keys.deadCount())) {
      transaction.clear(key);
    }
    services.delayed().clearAll(transaction, address);
    LockRecord.clear(transaction, keys);
    transaction.mutate(
        MutationType.SET_VERSIONSTAMPED_VALUE,
        keys.killed(),
        KeyLayout.withOffset(new byte[STAMP_OF_COMMIT], 0));
    Meta next = meta.withoutState().without(Flag.LOCKED).without(Flag.PAUSED).with(Flag.KILLED);
    SchemaVersion writer = successor.write(attempt, replies);
    if (writer != null) {
      transaction.mutate(
          MutationType.SET_VERSIONSTAMPED_VALUE, keys.meta, next.versionstampOperand(writer));
    } else {
      transaction.set(keys.meta, next.encoded());
    }
    transaction.set(keys.ready, KeyLayout.NOTHING);
    transaction.mutate(MutationType.ADD, keys.bump, KeyLayout.one());
    replies.write();
    return replies.own();
  }

  /**
   * Removes the message that holds the lock: unlike the messages behind it, it has run in part, and
   * its caller is told so.
   */
  private Meta withoutHolder(
      Transactor.Attempt attempt, Meta meta, byte @Nullable [] lock, ReplyBatch replies)
      throws InterruptedException {
    LockRecord record = lock == null ? LockRecord.damaged() : Locks.decoded(lock, address);
    if (record.isDamaged()) {
      return meta;
    }
    LockRecord.Sleep sleep = record.sleep();
    if (sleep != null) {
      services.delayed().clearWaking(attempt.writes(), sleep.ticket(address));
    }
    byte[] first =
        environment.await(attempt.reads().snapshot().get(keys.queueKey(record.stamp(), 0)));
    if (first == null) {
      return meta;
    }
    Caller caller = Envelope.callerOf(first);
    if (caller != null) {
      String text =
          address
              + " was killed or reset while "
              + record.message()
              + " held its lock; handleLocked has no effect on the entity, but what the message"
              + " sent when it took the lock was sent";
      replies.add(caller, ReplyRecord.problem(Problem.KILLED, text, Effect.UNKNOWN));
    }
    attempt.writes().clear(keys.queueKey(record.stamp(), 0), keys.behind(record.stamp()));
    return meta.removed(1);
  }

  /** Returns the meta; an entity with a damaged one can still be killed. */
  private Meta decoded(byte @Nullable [] stored) {
    try {
      return Meta.of(stored);
    } catch (CodecException e) {
      LOG.warn("{} is being killed or reset although its meta key is damaged", address, e);
      return Meta.NONE;
    }
  }

  /**
   * Pops the messages from before the last kill, gives the answers that the entity owed, and then
   * clears the kill.
   */
  public void sweep() throws InterruptedException {
    long notice = EndNotice.number(environment.random());
    byte[] owed = keys.owed();
    while (owed != null) {
      byte[] from = owed;
      Swept swept = entity.transactor().run(attempt -> sweepPage(attempt, notice, from)).value();
      services.mailbox().complete(swept.ownReplies());
      owed = swept.next();
    }
  }

  /**
   * What one transaction has swept.
   *
   * @param next where the answers that are still owed begin; null if everything is swept
   */
  private record Swept(List<MailedReply> ownReplies, byte @Nullable [] next) {}

  private Swept sweepPage(Transactor.Attempt attempt, long notice, byte[] owed)
      throws InterruptedException {
    ReadTransaction snapshot = attempt.reads().snapshot();
    CompletableFuture<byte[]> metaRead = attempt.reads().get(keys.meta);
    CompletableFuture<byte[]> killedRead = snapshot.get(keys.killed());
    byte[] stored = environment.await(metaRead);
    byte[] killed = environment.await(killedRead);
    Meta meta = Meta.of(stored);
    if (killed == null || !meta.has(Flag.KILLED)) {
      return new Swept(List.of(), null);
    }
    // Everything that was pushed before the kill. Messages with the versionstamp of the kill's own
    // commit were sent by the init of a reset, and belong to the new entity.
    byte[] end = keys.queueKey(Arrays.copyOf(killed, KeyLayout.STAMP_LENGTH), 0);
    List<KeyValue> rows = environment.await(snapshot.getRange(queue.begin(meta.head()), end, PAGE));
    ReplyBatch replies = services.mailbox().replies(attempt);
    byte[] last = meta.head();
    int messages = 0;
    for (KeyValue row : rows) {
      if (keys.isFirstChunk(row.key())) {
        answer(replies, row.value());
        messages++;
      }
      last = keys.stampOf(row.key());
    }
    Meta next = messages > 0 ? meta.popped(last, messages) : meta;
    boolean moreOfQueue = rows.size() == PAGE;
    byte[] nextOwed = moreOfQueue ? owed : answerOwed(attempt, killed, owed, replies);
    if (!rows.isEmpty()) {
      // With the rest of the last message's chunks.
      attempt.writes().clear(queue.begin(meta.head()), keys.behind(last));
    }
    if (nextOwed != null) {
      attempt.writes().set(keys.meta, next.encoded());
    } else {
      attempt.writes().clear(keys.killed());
      tellOwner(replies, notice, killed);
      forget(attempt, next.without(Flag.KILLED));
    }
    replies.write();
    return new Swept(replies.own(), nextOwed);
  }

  /**
   * Answers a page of those to whom the entity owed an answer when it was killed. Answers that the
   * new entity owes are in between, and stay.
   *
   * @return where the next page begins; null if this was the last
   */
  private byte @Nullable [] answerOwed(
      Transactor.Attempt attempt, byte[] killed, byte[] from, ReplyBatch replies)
      throws InterruptedException {
    byte[] end = Keys.prefixEnd(keys.owed());
    List<KeyValue> rows = environment.await(attempt.reads().snapshot().getRange(from, end, PAGE));
    for (KeyValue row : rows) {
      if (!OwedAnswers.isBefore(row, killed)) {
        continue;
      }
      try {
        replies.add(
            Caller.of(OwedAnswers.read(keys, address, row)),
            ReplyRecord.problem(
                Problem.KILLED,
                address + " was killed or reset before it answered what had run",
                Effect.APPLIED));
      } catch (CodecException e) {
        LOG.error("an answer that {} owed cannot be given: {}", address, e.getMessage());
      }
      attempt.writes().clear(row.key());
    }
    return rows.size() == PAGE ? Keys.after(rows.getLast().key()) : null;
  }

  /** Notifies the owner. Its callback may be waiting for ever, and nothing else would end it. */
  private void tellOwner(ReplyBatch replies, long notice, byte[] killed) {
    NodeId owner = services.ownership().owner(address);
    if (owner != null && !owner.equals(entity.node())) {
      replies.add(new Caller(owner, notice), EndNotice.of(address, killed).encoded());
    }
  }

  /**
   * Records in the meta key that the kill is complete; if nothing is left of the entity, no key
   * stays. The emptiness of its queue is read with a conflict, as rule 3 requires.
   */
  private void forget(Transactor.Attempt attempt, Meta meta) throws InterruptedException {
    if (!meta.exists() && !meta.has(Flag.PAUSED)) {
      Transaction reads = attempt.reads();
      List<KeyValue> first =
          environment.await(reads.getRange(queue.begin(meta.head()), keys.queueEnd, 1));
      if (first.isEmpty()) {
        attempt.writes().clear(keys.meta);
        attempt.writes().clear(keys.pushed);
        attempt.writes().clear(keys.ready);
        return;
      }
    }
    attempt.writes().set(keys.meta, meta.encoded());
  }

  private void answer(ReplyBatch replies, byte[] firstChunk) {
    Caller caller = Envelope.callerOf(firstChunk);
    if (caller != null) {
      replies.add(
          caller,
          ReplyRecord.problem(
              Problem.KILLED, killedText(address), Envelope.effectIfDropped(firstChunk)));
    }
  }

  public static String killedText(Address address) {
    return address + " was killed or reset before the message was executed; it never will be";
  }
}
