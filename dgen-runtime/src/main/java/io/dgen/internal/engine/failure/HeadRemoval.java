package io.dgen.internal.engine.failure;

import io.dgen.Failure;
import io.dgen.codec.CodecException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.internal.engine.cluster.HostedServer;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.DeadLetterRecord;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.ErrorText;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.format.Meta.Flag;
import io.dgen.internal.engine.format.ReplyRecord;
import io.dgen.internal.engine.format.StampedKeys;
import io.dgen.internal.engine.later.OpenAsks;
import io.dgen.internal.engine.later.StepRows;
import io.dgen.internal.engine.send.DeleteMessage;
import io.dgen.internal.engine.send.Front;
import io.dgen.internal.engine.send.MailedReply;
import io.dgen.internal.engine.send.QueueReader;
import io.dgen.internal.engine.send.Queued;
import io.dgen.internal.engine.send.ReplyBatch;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the first message of a queue to the dead letters on an operator's request, if it cannot be
 * decoded. First the message is read and judged, which runs user code; then one transaction moves
 * it, which reads the meta key and the message with a conflict, and does nothing if the first
 * message is another one by then: a node that can decode it has executed it, or another operator
 * was faster.
 */
public final class HeadRemoval {

  private static final Logger LOG = LoggerFactory.getLogger(HeadRemoval.class);

  private final Entity entity;
  private final Address address;
  private final EntityKeys keys;
  private final Environment environment;
  private final Failing failing;
  private final LetterReader<?> reader;

  /**
   * Creates it.
   *
   * @param reader decides whether a message can be decoded if the server is not hosted here
   */
  public HeadRemoval(Entity entity, Failing failing, LetterReader<?> reader) {
    this.entity = entity;
    this.address = entity.address();
    this.keys = entity.keys();
    this.environment = entity.environment();
    this.failing = failing;
    this.reader = reader;
  }

  /**
   * Moves the message.
   *
   * @return the key of its dead letter
   * @throws DgenException if nothing is moved; it says why
   */
  public String run() throws InterruptedException {
    Head found = entity.transactor().run(attempt -> head(attempt.reads().snapshot())).value();
    Queued head = found.queued();
    ErrorText problem = problem(found);
    List<MailedReply> ownReplies =
        entity.transactor().run(attempt -> move(attempt, head, problem)).value();
    failing.mailbox().complete(ownReplies);
    String name = Envelope.nameOf(head.bytes);
    LOG.warn(
        "{} to {} was set aside by an operator and is a dead letter; {}",
        name,
        address,
        problem.text());
    failing.reports().report(address, Failure.Kind.DEAD_LETTER, name, 0, null);
    return HexFormat.of().formatHex(head.stamp);
  }

  private DgenException refusal(String why) {
    return new DgenException("nothing of " + address + " was set aside: " + why, null, Effect.NONE);
  }

  /**
   * The first message of a queue.
   *
   * @param whole the message as its server reads it; null if its header is unreadable
   * @param problem why it is unreadable; null if it is not
   */
  private record Head(
      Queued queued, @Nullable Envelope whole, @Nullable RuntimeException problem) {}

  private Head head(ReadTransaction snapshot) throws InterruptedException {
    byte[] stored = environment.await(snapshot.get(keys.meta));
    byte[] after = Meta.of(stored).head();
    QueueReader queue = new QueueReader(environment, keys);
    Front front = queue.read(snapshot, environment.await(queue.firstPage(snapshot, after)), 1, 1);
    if (front.messages().isEmpty()) {
      throw refusal(
          front.damage() == null
              ? "its queue is empty"
              : "its first message is damaged, and the node that owns the entity moves it away by"
                  + " itself: "
                  + front.damage().problem());
    }
    Queued first = front.messages().getFirst();
    Envelope whole;
    try {
      whole = OpenAsks.seen(environment, snapshot, keys, first.envelope());
    } catch (CodecException e) {
      return new Head(first, null, e);
    }
    if (whole == null) {
      throw refusal(
          "its first message, the answer to "
              + first.envelope().name()
              + ", comes too late, and the node that owns the entity drops it by itself");
    }
    return new Head(first, whole, null);
  }

  /**
   * Returns why a message cannot be decoded. The server's classes decide; without them, the last
   * node that came to the message.
   */
  private ErrorText problem(Head found) {
    Queued head = found.queued();
    Envelope message = found.whole();
    if (message == null) {
      if (head.isDamaged()) {
        throw refusal(
            "its first message is damaged, and the node that owns the entity moves it away by"
                + " itself: "
                + Envelope.damage(head.bytes));
      }
      return ErrorText.of(Objects.requireNonNull(found.problem()));
    }
    if (message.name().equals(DeleteMessage.NAME)) {
      throw refusal("its first message, " + message.name() + ", needs no decoding");
    }
    HostedServer<?, ?> server = failing.servers().find(address.server());
    if (server == null && !reader.knowsTypes()) {
      if (message.unreadable()) {
        return new ErrorText(message.error(), message.stack());
      }
      throw refusal(
          "no node has found that its first message, "
              + message.name()
              + ", cannot be decoded, and this node does not host "
              + address.server());
    }
    try {
      var unused = server == null ? reader.read(message) : server.decode(message);
    } catch (RuntimeException e) {
      return ErrorText.of(e);
    }
    throw refusal("its first message, " + message.name() + ", can be decoded here");
  }

  private List<MailedReply> move(Transactor.Attempt attempt, Queued head, ErrorText problem)
      throws InterruptedException {
    StampedKeys queue = keys.messages();
    byte[] stored = environment.await(attempt.reads().get(keys.meta));
    Meta meta = Meta.of(stored);
    if (meta.has(Flag.KILLED)) {
      throw refusal("it was killed, and its queue is being emptied");
    }
    if (meta.has(Flag.LOCKED)) {
      throw refusal("it is locked; wait for the lock, or break it");
    }
    byte[] begin = queue.behind(meta.head());
    List<KeyValue> rows =
        environment.await(attempt.reads().getRange(begin, queue.behind(head.stamp), 0));
    if (!Arrays.equals(Envelope.joined(rows), head.bytes)) {
      throw refusal("its first message was executed or changed in the meantime; look again");
    }
    Envelope message = decoded(head);
    if (message != null) {
      failing.outgoing().givenUp(attempt, address, message);
    }
    ReplyBatch replies = failing.mailbox().replies(attempt);
    DeadLettering burial = new DeadLettering(entity, failing);
    boolean told =
        burial.tell(
            attempt,
            head.stamp,
            message,
            Envelope.callerOf(head.bytes),
            replies,
            answer(head, message, problem));
    Envelope kept =
        message == null ? null : StepRows.buried(attempt, keys, environment, head.stamp, message);
    burial.add(
        attempt,
        head.stamp,
        DeadLetterRecord.setAside(
            head.bytes, kept, problem, environment.now().toEpochMilli(), told));
    attempt.writes().clear(begin, queue.behind(head.stamp));
    attempt.writes().set(keys.meta, meta.popped(head.stamp, 1).encoded());
    // The owner looks at the message that is the first now, as after a push.
    attempt.writes().set(keys.ready, KeyLayout.NOTHING);
    attempt.writes().mutate(MutationType.ADD, keys.bump, KeyLayout.one());
    replies.write();
    return replies.own();
  }

  private static @Nullable Envelope decoded(Queued head) {
    try {
      return head.envelope();
    } catch (RuntimeException e) {
      return null;
    }
  }

  private byte[] answer(Queued head, @Nullable Envelope message, ErrorText problem) {
    String text =
        Envelope.nameOf(head.bytes)
            + " to "
            + address
            + " could not be decoded, was set aside by an operator, and is a dead letter: "
            + problem.text();
    return ReplyRecord.deadLetter(
        text, message == null ? 0 : message.attempts(), Envelope.effectIfDropped(head.bytes));
  }
}
