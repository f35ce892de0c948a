package io.dgen.internal.engine;

import io.dgen.internal.engine.ReplyForm.Problem;
import io.dgen.spi.Environment;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;

/**
 * The replies that one attempt of a transaction makes to calls that wait in a mailbox, of this node
 * or of another one.
 */
final class ReplyBatch {

  private final KeyLayout layout;
  private final NodeId self;
  private final Environment environment;
  private final List<MailedReply> own = new ArrayList<>(0);
  private final List<MailedReply> remote = new ArrayList<>(0);
  private int bytes;

  ReplyBatch(Engine engine) {
    this.layout = engine.layout();
    this.self = engine.node();
    this.environment = engine.environment();
  }

  /** A reply to a call, in the form of {@link ReplyForm}. */
  static final class MailedReply {

    private final Caller caller;
    private final byte[] bytes;

    /** Whether another transaction may have answered the call. */
    private final boolean late;

    private MailedReply(Caller caller, byte[] bytes, boolean late) {
      this.caller = caller;
      this.bytes = bytes;
      this.late = late;
    }

    /** The number of the call on its node. */
    long call() {
      return caller.call();
    }

    byte[] bytes() {
      return bytes;
    }
  }

  /** Adds a reply, or says in its place that it is too large: the call is not tried again. */
  void add(Caller caller, byte[] bytes) {
    add(caller, bytes, false);
  }

  /** As {@link #add}, of a call that may have its answer already: the first one counts. */
  void addLate(Caller caller, byte[] bytes) {
    add(caller, bytes, true);
  }

  private void add(Caller caller, byte[] bytes, boolean late) {
    byte[] form =
        bytes.length > Sizes.MAX_BYTES
            ? ReplyForm.problem(Problem.TOO_LARGE, Sizes.tooLarge(bytes.length))
            : bytes;
    this.bytes += form.length;
    (caller.node().equals(self) ? own : remote).add(new MailedReply(caller, form, late));
  }

  /** How large the replies are, together. */
  int bytes() {
    return bytes;
  }

  /** The replies to callers on this node, to be given to its mailbox after the commit (rule 5). */
  List<MailedReply> own() {
    return own;
  }

  /**
   * Whether an answer waits to be fetched. Read with a conflict: of two that are given at once, one
   * sees the other. A second one over it would leave the end of a longer first one behind it.
   */
  private boolean hasAnswer(Transactor.Attempt attempt, MailedReply reply)
      throws InterruptedException {
    byte[] first = layout.replyKey(reply.caller.node(), reply.caller.call(), 0);
    return environment.await(attempt.reads().get(first)) != null;
  }

  /**
   * Writes the replies to other nodes (rule 1). One to a node that has left would stay for ever, so
   * its sentinel is read with a conflict: either it leaves later and clears the reply, or it is
   * seen to be gone.
   */
  void write(Transactor.Attempt attempt) throws InterruptedException {
    if (remote.isEmpty()) {
      return;
    }
    Map<NodeId, CompletableFuture<byte[]>> sentinels = new TreeMap<>();
    for (MailedReply reply : remote) {
      sentinels.computeIfAbsent(
          reply.caller.node(), node -> attempt.reads().get(Receipts.sentinelKey(layout, node)));
    }
    Set<NodeId> present = new TreeSet<>();
    for (Map.Entry<NodeId, CompletableFuture<byte[]>> entry : sentinels.entrySet()) {
      if (environment.await(entry.getValue()) != null) {
        present.add(entry.getKey());
      }
    }
    Set<Caller> answered = new HashSet<>();
    for (MailedReply reply : remote) {
      Caller caller = reply.caller;
      if (present.contains(caller.node())
          && answered.add(caller)
          && !(reply.late && hasAnswer(attempt, reply))) {
        ReplyMailbox.write(attempt.writes(), layout, caller.node(), caller.call(), reply.bytes);
      }
    }
    for (NodeId node : present) {
      ReplyMailbox.ring(attempt.writes(), layout, node);
    }
  }
}
