package io.dgen.internal.engine.query;

import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.send.ReplyBatch;
import io.dgen.internal.engine.send.ReplyMailbox;
import io.dgen.internal.engine.tx.NodeStore;
import io.dgen.internal.engine.work.Batches;
import io.dgen.internal.engine.work.InFlight;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers to queries of other nodes. One transaction is in flight at a time, and takes every
 * answer that waits. Thread-safe.
 *
 * <p>Two nodes may answer the same query, so each looks for an earlier answer. What cannot be
 * written is dropped: the caller asks another node, or times out.
 */
public final class QueryAnswers {

  private static final Logger LOG = LoggerFactory.getLogger(QueryAnswers.class);

  private final NodeStore store;
  private final ReplyMailbox mailbox;
  private final InFlight busy;
  private final Batches<Waiting> waiting;

  public QueryAnswers(NodeStore store, ReplyMailbox mailbox, InFlight busy) {
    this.store = store;
    this.mailbox = mailbox;
    this.busy = busy;
    this.waiting = new Batches<>(store.environment(), each -> each.bytes.length, this::tryWrite);
  }

  /** An answer that waits, in the form of a reply record. */
  private static final class Waiting {

    private final Caller caller;
    private final byte[] bytes;

    Waiting(Caller caller, byte[] bytes) {
      this.caller = caller;
      this.bytes = bytes;
    }
  }

  /** Adds an answer; a node that closes waits until it is written. */
  void add(Caller caller, byte[] bytes) {
    busy.begin();
    waiting.add(new Waiting(caller, bytes));
  }

  private void tryWrite(List<Waiting> batch) {
    try {
      write(batch);
    } catch (InterruptedException | RuntimeException | Error e) {
      LOG.warn("{} answers to queries of other nodes could not be written", batch.size(), e);
    } finally {
      batch.forEach(each -> busy.end());
    }
  }

  private void write(List<Waiting> batch) throws InterruptedException {
    var unused =
        store
            .transactor()
            .run(
                attempt -> {
                  ReplyBatch replies = mailbox.replies(attempt);
                  for (Waiting each : batch) {
                    replies.addLate(each.caller, each.bytes);
                  }
                  replies.write();
                  return batch.size();
                });
  }
}
