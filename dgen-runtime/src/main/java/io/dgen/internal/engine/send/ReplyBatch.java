package io.dgen.internal.engine.send;

import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.AnswerRecord;
import io.dgen.internal.engine.format.Ask;
import io.dgen.internal.engine.format.AskRecord;
import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.engine.format.ReplyRecord;
import io.dgen.internal.engine.format.ReplyRecord.Problem;
import io.dgen.internal.engine.format.Sizes;
import io.dgen.internal.engine.format.TooLarge;
import io.dgen.internal.engine.tx.NodeStore;
import io.dgen.internal.engine.tx.Receipts;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The replies of one attempt of a transaction to calls that wait in a mailbox, of this node or of
 * another one.
 *
 * <p>A reply to a node that has left or was swept would never be cleared, so none is written (rule
 * 1 still holds: no caller waits for it). Whether a node has left is read from its sentinel, which
 * exists from the moment when it joins; the read begins as soon as a reply is expected, in parallel
 * with the attempt's other reads, so that it adds no latency.
 */
public final class ReplyBatch {

  /** How many owed answers one transaction gives at most. */
  private static final int MAX_OWED = 5000;

  private final Transactor.Attempt attempt;
  private final KeyLayout layout;
  private final NodeId self;
  private final Environment environment;
  private final OpenCalls calls;

  /** The pending reads of the sentinels of nodes that get replies, or may get some. */
  private final Map<NodeId, CompletableFuture<byte @Nullable []>> sentinels = new HashMap<>(0);

  private final List<MailedReply> own = new ArrayList<>(0);
  private final List<MailedReply> remote = new ArrayList<>(0);
  private int bytes;

  /** The pending reads of the asks that get answers, or may get some. */
  private final Map<UUID, CompletableFuture<byte @Nullable []>> asks = new HashMap<>(0);

  private final List<AnswerToAsk> toAskers = new ArrayList<>(0);

  /** The asks that have run and are answered later. */
  private final Map<UUID, Ask> owed = new LinkedHashMap<>(0);

  private final Set<Address> askers = new LinkedHashSet<>(0);
  private int late;

  /**
   * An answer to an ask.
   *
   * @param late whether the ask had run before
   */
  private record AnswerToAsk(Ask ask, byte[] bytes, boolean late) {}

  ReplyBatch(NodeStore store, Transactor.Attempt attempt, OpenCalls calls) {
    this.attempt = attempt;
    this.layout = store.layout();
    this.self = store.node();
    this.environment = store.environment();
    this.calls = calls;
  }

  /** Begins to read what must be known to answer a call. */
  public void expect(@Nullable Caller caller) {
    if (caller == null) {
      return;
    }
    Ask ask = caller.ask();
    if (ask == null) {
      expect(caller.node());
    } else {
      // From the snapshot: whether an answer counts is for its asker to decide, with a conflict.
      asks.computeIfAbsent(
          ask.number(), number -> attempt.reads().snapshot().get(keys(ask.asker()).ask(number, 0)));
    }
  }

  /** Begins to read what must be known to answer calls of a node. */
  public void expect(NodeId node) {
    if (!node.equals(self)) {
      // From the snapshot: if it gets no reply after all, there is no reason for a conflict.
      sentinels.computeIfAbsent(
          node, each -> attempt.reads().snapshot().get(Receipts.sentinelKey(layout, each)));
    }
  }

  /** Adds a reply, or in its place the error that it is too large: the call is not retried. */
  public void add(Caller caller, byte[] bytes) {
    add(caller, bytes, false);
  }

  /**
   * Adds a reply as {@link #add} does to a call that may already have its answer: the first one
   * counts.
   */
  public void addLate(Caller caller, byte[] bytes) {
    add(caller, bytes, true);
  }

  /** Notes that a call has run and is answered later. */
  public void defer(Caller caller) {
    Ask ask = caller.ask();
    if (ask != null) {
      owed.put(ask.number(), ask);
    }
  }

  /**
   * Answers all to whom an entity owes an answer, since it is deleted. Those who get another one in
   * this transaction keep that.
   *
   * @param answer in the form of {@link ReplyRecord}
   * @throws io.dgen.error.ChangeTooLargeException if they are more than {@value #MAX_OWED}
   */
  public void endOwed(Address entity, byte[] answer) throws InterruptedException {
    EntityKeys keys = keys(entity);
    List<KeyValue> rows =
        environment.await(
            attempt
                .reads()
                .snapshot()
                .getRange(keys.owed(), Keys.prefixEnd(keys.owed()), MAX_OWED + 1));
    if (rows.size() > MAX_OWED) {
      throw TooLarge.owed(entity, MAX_OWED);
    }
    for (KeyValue row : rows) {
      addLate(Caller.of(OwedAnswers.read(keys, entity, row)), answer);
    }
    for (Ask ask : List.copyOf(owed.values())) {
      addLate(Caller.of(ask), answer);
    }
  }

  private void add(Caller caller, byte[] bytes, boolean late) {
    Ask ask = caller.ask();
    int most = ask == null ? Sizes.MAX_BYTES : Sizes.MAX_ASKED;
    byte[] form =
        bytes.length > most
            ? ReplyRecord.problem(Problem.TOO_LARGE, Sizes.tooLarge(bytes.length, most))
            : bytes;
    this.bytes += form.length;
    if (ask != null) {
      expect(caller);
      toAskers.add(new AnswerToAsk(ask, form, late));
    } else if (caller.node().equals(self)) {
      own.add(new MailedReply(caller, form, null));
    } else {
      expect(caller);
      remote.add(new MailedReply(caller, form, late ? earlier(caller) : null));
    }
  }

  /**
   * Begins to read whether an earlier answer is waiting in the mailbox. The read has a conflict: of
   * two concurrent answers, one sees the other. Otherwise a second answer that overwrites a longer
   * first one would leave the end of the first.
   */
  private CompletableFuture<byte @Nullable []> earlier(Caller caller) {
    return attempt.reads().get(layout.replyKey(caller.node(), caller.call(), 0));
  }

  /**
   * Returns whether a reply to a call reaches anyone, as far as that is known now: whether its
   * caller on this node still waits, or its node is there. Called after the reply was added.
   */
  public boolean reaches(Caller caller) throws InterruptedException {
    if (caller.ask() != null) {
      return environment.await(open(caller.ask())) != null;
    }
    return caller.node().equals(self) ? calls.isWaiting(caller.call()) : isPresent(caller.node());
  }

  /** Returns the total size of the replies, in bytes. */
  public int bytes() {
    return bytes;
  }

  /** Returns the replies to callers on this node, for its mailbox after the commit (rule 5). */
  public List<MailedReply> own() {
    return own;
  }

  /** Returns the entities that got answers. */
  public Set<Address> askers() {
    return askers;
  }

  /** Returns how many answers were dropped, since what they answer is no longer open. */
  public int late() {
    return late;
  }

  /** Writes the answers to entities, and the replies to other nodes (rule 1). */
  public void write() throws InterruptedException {
    writeToAskers();
    for (Ask ask : owed.values()) {
      OwedAnswers.write(attempt.writes(), keys(ask.asked()), ask);
    }
    Set<Caller> answered = new HashSet<>();
    Set<NodeId> rung = new TreeSet<>();
    for (MailedReply reply : remote) {
      Caller caller = reply.caller();
      if (isPresent(caller.node()) && answered.add(caller) && !hasAnswer(reply)) {
        ReplyMailbox.write(attempt.writes(), layout, caller.node(), caller.call(), reply.bytes());
        rung.add(caller.node());
      }
    }
    for (NodeId node : rung) {
      ReplyMailbox.ring(attempt.writes(), layout, node);
    }
  }

  private void writeToAskers() throws InterruptedException {
    Set<UUID> answered = new HashSet<>();
    for (AnswerToAsk each : toAskers) {
      Ask ask = each.ask();
      if (!answered.add(ask.number())) {
        continue; // The first counts.
      }
      owed.remove(ask.number());
      if (each.late()) {
        attempt.writes().clear(keys(ask.asked()).owed(ask.number()));
      }
      byte[] row = environment.await(open(ask));
      if (row == null) {
        late++;
        continue;
      }
      Envelope answer =
          new AnswerRecord(ask.number(), each.bytes(), null)
              .message(AskRecord.decode(row).name(), environment.now().toEpochMilli());
      Push.write(attempt.writes(), keys(ask.asker()), List.of(answer));
      askers.add(ask.asker());
    }
  }

  private CompletableFuture<byte @Nullable []> open(Ask ask) {
    expect(Caller.of(ask));
    return Objects.requireNonNull(asks.get(ask.number()));
  }

  private EntityKeys keys(Address address) {
    return layout.entity(address.server(), address.id());
  }

  /**
   * Returns whether a node has neither left nor been swept. The read has a conflict: if the node
   * leaves before this attempt commits, the attempt fails; if it leaves later, it clears its
   * replies together with the sentinel.
   */
  private boolean isPresent(NodeId node) throws InterruptedException {
    attempt.reads().addReadConflictKey(Receipts.sentinelKey(layout, node));
    CompletableFuture<byte @Nullable []> sentinel = sentinels.get(node);
    return sentinel != null && environment.await(sentinel) != null;
  }

  private boolean hasAnswer(MailedReply reply) throws InterruptedException {
    CompletableFuture<byte @Nullable []> earlier = reply.earlier();
    return earlier != null && environment.await(earlier) != null;
  }
}
