package io.dgen.internal.engine.send;

import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.engine.format.ReplyRecord;
import io.dgen.internal.engine.format.ReplyRecord.Problem;
import io.dgen.internal.engine.format.Sizes;
import io.dgen.internal.engine.tx.NodeStore;
import io.dgen.internal.engine.tx.Receipts;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.spi.Environment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The replies that one attempt of a transaction makes to calls that wait in a mailbox, of this node
 * or of another one.
 *
 * <p>A reply to a node that has left or was swept would stay for ever, so none is written (rule 1
 * still holds: nobody waits for it). The node's sentinel says so, which is there from the moment
 * that it joins; it is read as soon as the reply is expected, beside whatever else the attempt
 * reads, so that it costs no time of its own.
 */
public final class ReplyBatch {

  private final Transactor.Attempt attempt;
  private final KeyLayout layout;
  private final NodeId self;
  private final Environment environment;

  /** What is read of the nodes that get replies, or may do so. */
  private final Map<NodeId, CompletableFuture<byte @Nullable []>> sentinels = new HashMap<>(0);

  private final List<MailedReply> own = new ArrayList<>(0);
  private final List<MailedReply> remote = new ArrayList<>(0);
  private int bytes;

  public ReplyBatch(NodeStore store, Transactor.Attempt attempt) {
    this.attempt = attempt;
    this.layout = store.layout();
    this.self = store.node();
    this.environment = store.environment();
  }

  /** Says that a call may be answered: what must be known for that is read meanwhile. */
  public void expect(@Nullable Caller caller) {
    if (caller != null) {
      expect(caller.node());
    }
  }

  /** Says that calls of a node may be answered. */
  public void expect(NodeId node) {
    if (!node.equals(self)) {
      // From the snapshot: one that gets no reply after all is no reason for a conflict.
      sentinels.computeIfAbsent(
          node, each -> attempt.reads().snapshot().get(Receipts.sentinelKey(layout, each)));
    }
  }

  /** Adds a reply, or says in its place that it is too large: the call is not tried again. */
  public void add(Caller caller, byte[] bytes) {
    add(caller, bytes, false);
  }

  /** As {@link #add}, of a call that may have its answer already: the first one counts. */
  public void addLate(Caller caller, byte[] bytes) {
    add(caller, bytes, true);
  }

  private void add(Caller caller, byte[] bytes, boolean late) {
    byte[] form =
        bytes.length > Sizes.MAX_BYTES
            ? ReplyRecord.problem(Problem.TOO_LARGE, Sizes.tooLarge(bytes.length))
            : bytes;
    this.bytes += form.length;
    if (caller.node().equals(self)) {
      own.add(new MailedReply(caller, form, null));
    } else {
      expect(caller);
      remote.add(new MailedReply(caller, form, late ? earlier(caller) : null));
    }
  }

  /**
   * Begins to read whether an answer waits to be fetched. With a conflict: of two that are given at
   * once, one sees the other. A second one over it would leave the end of a longer first one behind
   * it.
   */
  private CompletableFuture<byte @Nullable []> earlier(Caller caller) {
    return attempt.reads().get(layout.replyKey(caller.node(), caller.call(), 0));
  }

  /** How large the replies are, together. */
  public int bytes() {
    return bytes;
  }

  /**
   * Returns the replies to callers on this node, to be given to its mailbox after the commit (rule
   * 5).
   */
  public List<MailedReply> own() {
    return own;
  }

  /** Writes the replies to other nodes (rule 1). */
  public void write() throws InterruptedException {
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

  /**
   * Returns whether a node has neither left nor been swept. With a conflict: if it leaves before
   * this attempt commits, the attempt does not; if later, it clears its replies with the sentinel.
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
