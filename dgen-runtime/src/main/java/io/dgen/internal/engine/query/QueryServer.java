package io.dgen.internal.engine.query;

import io.dgen.codec.CodecException;
import io.dgen.error.CallbackException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.error.EntityNotFoundException;
import io.dgen.error.MessageTooLargeException;
import io.dgen.error.NotHostedException;
import io.dgen.error.RefusedException;
import io.dgen.generated.MessageKind;
import io.dgen.internal.engine.cluster.HostedServer;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.ErrorText;
import io.dgen.internal.engine.format.QueryRequest;
import io.dgen.internal.engine.format.ReplyRecord;
import io.dgen.internal.engine.format.ReplyRecord.Problem;
import io.dgen.internal.engine.format.StampedKeys;
import io.dgen.internal.engine.tx.NodeStore;
import io.dgen.internal.engine.tx.WatchLoop;
import io.dgen.internal.term.Terms;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the queries that other nodes have asked this one to run. Thread-safe.
 *
 * <p>Requests are read in the order of their commits, each after the last one that was read, and
 * begin at once: what was read is committed. Clearing them is not waited for. If it is repeated,
 * nothing runs again; if it fails, the next read of the whole range clears them.
 */
public final class QueryServer {

  private static final Logger LOG = LoggerFactory.getLogger(QueryServer.class);

  /** More than the chunks of the largest request, so that a page holds at least one of them. */
  private static final int PAGE = 256;

  /** The interval at which the requests are read from the beginning. */
  private static final Duration WHOLE = Duration.ofMinutes(1);

  private static final int MAX_TEXT = 10_000;

  private final NodeStore store;
  private final StampedKeys keys;
  private final Queries queries;
  private final QueryCallbacks callbacks;
  private final QueryThreads threads;
  private final QueryAnswers answers;
  private final WatchLoop loop;
  private final AtomicBoolean started = new AtomicBoolean();

  // Used by the loop alone:

  /** The versionstamp of the last request that was read; null for none. */
  private byte @Nullable [] last;

  private long wholeAt;

  public QueryServer(
      NodeStore store,
      Queries queries,
      QueryCallbacks callbacks,
      QueryThreads threads,
      QueryAnswers answers,
      Duration pollInterval) {
    this.store = store;
    this.keys = store.layout().queries(store.node());
    this.queries = queries;
    this.callbacks = callbacks;
    this.threads = threads;
    this.answers = answers;
    this.loop =
        new WatchLoop(
            "the queries of other nodes",
            store.opened(),
            store.environment(),
            store.environment()::execute,
            store.layout().queryBellKey(store.node()),
            pollInterval,
            this::collect);
  }

  /** Starts, if it has not yet: before others learn that this node hosts a server. */
  public void start() {
    if (started.compareAndSet(false, true)) {
      wholeAt = store.environment().nanoTime();
      loop.start();
    }
  }

  /** Stops reading: what is not read is asked of another node once this one has left. */
  public void stop() {
    loop.stop();
  }

  private boolean collect(Transaction transaction) throws InterruptedException {
    long now = store.environment().nanoTime();
    byte[] known = last;
    byte[] begin = keys.prefix();
    if (known != null && now - wholeAt < WHOLE.toNanos()) {
      begin = keys.behind(known);
    } else {
      wholeAt = now;
    }
    List<KeyValue> rows =
        store.environment().await(transaction.snapshot().getRange(begin, keys.end(), PAGE));
    int from = 0;
    for (int i = 0; i < rows.size(); i++) {
      boolean isLast = i + 1 == rows.size();
      byte[] stamp = stampOf(rows.get(i));
      boolean isWhole =
          isLast
              ? rows.size() < PAGE || from == 0
              : !Arrays.equals(stamp, stampOf(rows.get(i + 1)));
      if (isWhole) {
        read(stamp, rows.subList(from, i + 1));
        from = i + 1;
      }
    }
    if (from > 0) {
      transaction.clear(begin, Keys.after(rows.get(from - 1).key()));
    }
    return from > 0;
  }

  /** Returns the versionstamp of a row; that of none if its key is damaged. */
  private byte[] stampOf(KeyValue row) {
    try {
      return keys.stampOf(row.key());
    } catch (RuntimeException e) {
      LOG.error("the key of a query is damaged: {}", Keys.printable(row.key()));
      return new byte[0];
    }
  }

  private void read(byte[] stamp, List<KeyValue> rows) {
    byte[] known = last;
    if (known != null && Arrays.compareUnsigned(stamp, known) <= 0) {
      return; // It has begun: only clearing it failed.
    }
    QueryRequest request;
    try {
      request = QueryRequest.decode(Envelope.joined(rows));
    } catch (CodecException e) {
      LOG.error("cleared an unreadable query of another node", e);
      return;
    }
    last = stamp;
    begin(request);
  }

  private void begin(QueryRequest request) {
    if (threads.tryTake()) {
      threads.run(
          request.address(),
          request.name(),
          () -> {
            byte[] answer = answer(request);
            if (answer != null) {
              answers.add(request.caller(), answer);
            }
            return () -> {};
          });
    } else {
      answers.add(
          request.caller(),
          ReplyRecord.problem(
              Problem.OVERLOADED,
              threads.refused(request.name() + " to " + request.address()),
              Effect.NONE));
    }
  }

  /** Runs a query; returns null if another node may be able to, and this one is not. */
  private byte @Nullable [] answer(QueryRequest request) {
    try {
      return reply(callbacks.server(request.address(), request.name()), request);
    } catch (InterruptedException e) {
      return null;
    } catch (Throwable e) {
      return problem(e);
    }
  }

  private <M> byte[] reply(HostedServer<?, M> server, QueryRequest request)
      throws InterruptedException {
    M message = Terms.decode(request.payload(), in -> server.codec.read(request.name(), in));
    if (server.codec.kind(message) != MessageKind.QUERY) {
      throw new CodecException(
          request.name()
              + " is not a query in the version of "
              + request.address().server()
              + " that the asked node runs");
    }
    Object reply = callbacks.run(server, message, queries.read(request.address()));
    return ReplyRecord.value(server.codec.replyCodec(message), reply);
  }

  private static byte @Nullable [] problem(Throwable thrown) {
    String text = ErrorText.bounded(String.valueOf(thrown.getMessage()), MAX_TEXT);
    return switch (thrown) {
      case RefusedException e -> ReplyRecord.refusal(e);
      case EntityNotFoundException e -> problem(Problem.NOT_FOUND, text);
      case MessageTooLargeException e -> problem(Problem.TOO_LARGE, text);
      case CodecException e -> problem(Problem.DAMAGED, text);
      case NotHostedException e -> problem(Problem.NOT_HOSTED, text);
      case CallbackException e -> problem(Problem.CALLBACK, text);
      case DgenException e -> {
        // Of the store: another node may reach it.
        LOG.warn("a query of another node could not be run: {}", text);
        yield null;
      }
      default -> problem(Problem.CALLBACK, "a query failed: " + ErrorText.of(thrown).text());
    };
  }

  private static byte[] problem(Problem problem, String text) {
    return ReplyRecord.problem(problem, text, Effect.NONE);
  }
}
