package io.dgen.internal.engine.send;

import io.dgen.codec.CodecException;
import io.dgen.error.DgenException;
import io.dgen.internal.engine.format.EndNotice;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.engine.format.ReplyRecord;
import io.dgen.internal.engine.tx.NodeStore;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.internal.engine.tx.WatchLoop;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The calls of this node that went through a queue, and the replies that come back to it.
 *
 * <p>A reply is stored below the node's prefix by the round that ran the call. One key is watched
 * for all of them. A reply whose caller is gone is cleared like any other, so that none stays.
 * Replies are passed on as bytes: decoding them runs user code ({@link UnreadReply}). Thread-safe.
 */
public final class ReplyMailbox {

  private static final Logger LOG = LoggerFactory.getLogger(ReplyMailbox.class);

  /** More than the chunks of the largest reply, so that a page holds at least one whole reply. */
  private static final int PAGE = 256;

  /** The interval at which the mailbox is read from its beginning. */
  private static final Duration WHOLE = Duration.ofMinutes(1);

  private final NodeStore store;
  private final KeyLayout layout;
  private final NodeId node;
  private final Environment environment;
  private final Completions completions;
  private final Consumer<EndNotice> notices;
  private final WatchLoop loop;
  private final OpenCalls calls = new OpenCalls();

  /**
   * When the mailbox was last read from its beginning. Only the loop uses this field and the next.
   */
  private @Nullable Long wholeAt;

  /** The call of the first reply of the last read; the highest number if the mailbox was empty. */
  private long firstFound = Long.MAX_VALUE;

  public ReplyMailbox(
      NodeStore store,
      Completions completions,
      Duration pollInterval,
      Consumer<EndNotice> notices) {
    this.store = store;
    this.completions = completions;
    this.notices = notices;
    this.layout = store.layout();
    this.node = store.node();
    this.environment = store.environment();
    this.loop =
        new WatchLoop(
            "the reply mailbox",
            store.opened(),
            environment,
            environment::execute,
            layout.mailKey(node),
            pollInterval,
            this::collect);
  }

  public void start() {
    loop.start();
  }

  public void stop() {
    loop.stop();
  }

  /** Assigns the number under which a call's reply comes back. */
  public void register(Pending<?> pending) {
    if (pending.call == 0) {
      calls.register(pending);
    }
  }

  /** Returns the calls whose reply has come and is being decoded, for senders that do not block. */
  public List<Pending<?>> answered() {
    return calls.answered();
  }

  /** Returns the calls whose reply has not come. */
  public List<Pending<?>> waiting() {
    return calls.waiting();
  }

  /**
   * Returns the replies of one attempt of a transaction. If it will never be known whether the
   * attempt has committed, the callers on this node get that error: the replies to them are stored
   * nowhere, and no other attempt will make them if this one has committed.
   */
  public ReplyBatch replies(Transactor.Attempt attempt) {
    ReplyBatch replies = new ReplyBatch(store, attempt, calls);
    attempt.ifOutcomeUnknown(error -> fail(replies.own(), error));
    return replies;
  }

  /** Fails the calls of this node whose replies are lost; does nothing for those that are over. */
  private void fail(List<MailedReply> replies, DgenException error) {
    List<Pending<?>> callers = new ArrayList<>();
    for (MailedReply reply : replies) {
      Pending<?> pending = calls.answered(reply.call());
      if (pending != null) {
        callers.add(pending);
      }
    }
    completions.fail(callers, error);
  }

  /** Writes a reply, as part of the round that made it (rule 1). */
  static void write(Transaction transaction, KeyLayout layout, NodeId to, long call, byte[] reply) {
    List<byte[]> chunks = Envelope.cut(reply);
    for (int chunk = 0; chunk < chunks.size(); chunk++) {
      transaction.set(layout.replyKey(to, call, chunk), chunks.get(chunk));
    }
  }

  /** Wakes a node that got replies. */
  static void ring(Transaction transaction, KeyLayout layout, NodeId to) {
    transaction.mutate(MutationType.ADD, layout.mailKey(to), KeyLayout.one());
  }

  /** Clears everything of a node that is gone. */
  public static void sweep(Transaction transaction, KeyLayout layout, NodeId node) {
    byte[] prefix = layout.replyPrefix(node);
    transaction.clear(prefix, Keys.prefixEnd(prefix));
    transaction.clear(layout.mailKey(node));
  }

  /** Completes the calls of this node that a transaction has answered, once it has committed. */
  public void complete(List<MailedReply> replies) {
    for (MailedReply reply : replies) {
      complete(reply.call(), reply.bytes());
    }
  }

  /** Completes a call; does nothing if no caller waits for it any more. */
  private void complete(long call, byte[] reply) {
    Pending<?> pending = calls.answered(call);
    if (pending != null) {
      if (ReplyRecord.isValue(reply)) {
        pending.replied();
      }
      new UnreadReply<>(pending, reply).deliver(completions);
    }
  }

  /**
   * Completes the callers of the replies that have come, and clears the replies. What was read is
   * committed, so callers need not wait for the clearing; if that is repeated, they already have
   * their replies.
   */
  private boolean collect(Transaction transaction) throws InterruptedException {
    byte[] prefix = layout.replyPrefix(node);
    List<KeyValue> rows =
        environment.await(
            transaction.snapshot().getRange(begin(prefix), Keys.prefixEnd(prefix), PAGE));
    firstFound = rows.isEmpty() ? Long.MAX_VALUE : callOf(prefix, rows.getFirst());
    boolean more = rows.size() == PAGE;
    List<byte[]> chunks = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      long call = callOf(prefix, rows.get(i));
      chunks.add(rows.get(i).value());
      boolean isWholePage = chunks.size() == rows.size();
      boolean last =
          i + 1 == rows.size() ? !more || isWholePage : callOf(prefix, rows.get(i + 1)) != call;
      if (last) {
        deliver(call, Keys.join(chunks.toArray(byte[][]::new)));
        // Each on its own: a reply to a call between two of them may have come since the read.
        int first = i + 1 - chunks.size();
        transaction.clear(rows.get(first).key(), Keys.after(rows.get(i).key()));
        chunks.clear();
      }
    }
    return !rows.isEmpty();
  }

  private void deliver(long call, byte[] bytes) {
    if (!EndNotice.isNotice(call)) {
      complete(call, bytes);
      return;
    }
    try {
      notices.accept(EndNotice.decode(bytes));
    } catch (CodecException e) {
      LOG.error("cleared an unreadable message of another node", e);
    }
  }

  /**
   * Returns where to read from: after what was cleared, since an ordered store steps over each
   * deleted key until it has been compacted. Nothing was left below the first reply of the last
   * read, and nothing is expected below the lowest open call; anything that is written there
   * nevertheless, such as a second answer, waits for the next read of the whole mailbox.
   */
  private byte[] begin(byte[] prefix) {
    long now = environment.nanoTime();
    if (wholeAt == null || now - wholeAt >= WHOLE.toNanos()) {
      wholeAt = now;
      calls.forgetGivenUp();
      return prefix;
    }
    return layout.replyKey(node, Math.min(calls.lowest(), firstFound), 0);
  }

  /**
   * Returns the call that a row belongs to; for a row with a damaged key, a call without a caller.
   */
  private static long callOf(byte[] prefix, KeyValue row) {
    try {
      return KeyLayout.replyCall(prefix, row.key());
    } catch (RuntimeException e) {
      LOG.error("the key of a reply is damaged: {}", Keys.printable(row.key()));
      return 0;
    }
  }
}
