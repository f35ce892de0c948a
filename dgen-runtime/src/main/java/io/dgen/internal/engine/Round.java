package io.dgen.internal.engine;

import io.dgen.Context;
import io.dgen.DgenException;
import io.dgen.Reply;
import io.dgen.Result;
import io.dgen.codec.CodecException;
import io.dgen.codec.StateSink;
import io.dgen.codec.StateSource;
import io.dgen.codec.TermCodec;
import io.dgen.internal.engine.KeyLayout.EntityKeys;
import io.dgen.internal.engine.QueueReader.Front;
import io.dgen.internal.engine.QueueReader.Queued;
import io.dgen.internal.engine.RoundFailure.Fault;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.store.ReadTransaction;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One transaction of an entity: reads head, version and state, runs the callbacks of the queued
 * messages and then of the lane's, and writes one state diff, the pops and the replies (rule 1).
 *
 * <p>The meta key, with version and head, is read with a conflict (rule 2): every round that
 * changes the state or pops writes it, so two rounds of one entity that overlap never both commit.
 * Everything else is read from the snapshot that it vouches for.
 *
 * <p>A round may be attempted many times; nothing outside it sees an attempt that did not commit
 * (rule 6).
 */
final class Round<S, M> {

  private final RoundSetup<S, M> setup;
  private final HostedServer<S, M> server;
  private final EntityKeys keys;
  private final Environment environment;
  private final QueueReader queue;

  /** What is remembered from earlier rounds. */
  private final Memory<S> memory;

  /** The lane's messages, in order. */
  private final List<Pending<M>> lane;

  private final int maxMessages;

  /** Whether the queue is likely to hold messages, so that it is read at once. */
  private final boolean expectsQueued;

  private Front front = Front.EMPTY;

  Round(
      RoundSetup<S, M> setup,
      Memory<S> memory,
      List<Pending<M>> lane,
      int maxMessages,
      boolean expectsQueued) {
    this.setup = setup;
    this.server = setup.server();
    this.keys = setup.keys();
    this.environment = setup.environment();
    this.queue = new QueueReader(environment, keys);
    this.memory = memory;
    this.lane = lane;
    this.maxMessages = maxMessages;
    this.expectsQueued = expectsQueued;
  }

  /**
   * What does not change from round to round.
   *
   * @param readsQueue whether queued messages are taken; priority messages go past them
   */
  record RoundSetup<S, M>(
      HostedServer<S, M> server,
      Activations.Address address,
      EntityKeys keys,
      KeyLayout layout,
      NodeId node,
      Environment environment,
      Limits limits,
      boolean readsQueue) {}

  /** What an activation remembers of its entity. Immutable. */
  static final class Memory<S> {

    /** The versionstamp of the last state change; null if it is not known. */
    private final byte @Nullable [] version;

    private final byte @Nullable [] head;
    private final @Nullable S state;

    private Memory(byte @Nullable [] version, byte @Nullable [] head, @Nullable S state) {
      this.version = version;
      this.head = head;
      this.state = state;
    }

    static <S> Memory<S> none() {
      return new Memory<>(null, null, null);
    }

    /** The last message that was popped, as far as is known: where the queue begins. */
    byte @Nullable [] head() {
      return head;
    }

    /** The same, known to be stored under a versionstamp. */
    Memory<S> at(byte[] stamp) {
      return new Memory<>(stamp, head, state);
    }

    /** The same without the state, which will be read again. */
    Memory<S> withoutState() {
      return new Memory<>(null, head, null);
    }

    /** The state, if it is the one that is stored under a version; else null. */
    @Nullable S stateAt(byte[] storedVersion) {
      return Arrays.equals(version, storedVersion) ? state : null;
    }
  }

  /** A sender on this node and what it gets. */
  record Answer<M>(Pending<M> pending, @Nullable Object reply) {}

  /** A reply to a call that went through a queue. */
  static final class QueuedReply {

    private final NodeId node;
    private final long call;
    private final byte[] bytes;

    QueuedReply(NodeId node, long call, byte[] bytes) {
      this.node = node;
      this.call = call;
      this.bytes = bytes;
    }

    /** The number of the call on its node. */
    long call() {
      return call;
    }

    /** The reply as {@link ReplyMailbox} encodes it. */
    byte[] bytes() {
      return bytes;
    }
  }

  /**
   * What a round did.
   *
   * @param memory what to remember if it committed and nothing was changed, or the version is
   *     filled in
   * @param stateChanged whether the commit's versionstamp is the new version
   * @param taken how many of the lane's messages were run
   * @param sawQueue whether the queue held a message
   * @param more whether it holds more
   * @param backOff how many microseconds the first queued message is to wait; 0 for none
   */
  record Outcome<S, M>(
      Memory<S> memory,
      boolean stateChanged,
      int taken,
      List<Answer<M>> answers,
      List<QueuedReply> ownReplies,
      boolean sawQueue,
      boolean more,
      long backOff) {}

  /** The queued messages that the last attempt had before it. */
  Front front() {
    return front;
  }

  /** Runs the round once. */
  Outcome<S, M> attempt(Transactor.Attempt attempt) throws InterruptedException {
    long began = environment.nanoTime();
    Transaction transaction = attempt.reads();
    ReadTransaction snapshot = transaction.snapshot();
    CompletableFuture<byte[]> metaRead = transaction.get(keys.meta);
    CompletableFuture<byte[]> pushedRead =
        setup.readsQueue() ? snapshot.get(keys.pushed) : CompletableFuture.completedFuture(null);
    byte[] knownHead = memory.head();
    CompletableFuture<List<KeyValue>> early =
        setup.readsQueue() && expectsQueued && knownHead != null
            ? queue.firstPage(snapshot, knownHead)
            : null;

    byte[] storedMeta = environment.await(metaRead);
    Meta meta = storedMeta == null ? Meta.NONE : decoded(storedMeta);
    S remembered = memory.stateAt(meta.version());
    CompletableFuture<List<KeyValue>> stateRead =
        meta.exists() && remembered == null
            ? snapshot.getRange(keys.state, Keys.prefixEnd(keys.state), 0)
            : CompletableFuture.completedFuture(List.of());
    front = Front.EMPTY;
    if (KeyLayout.counter(environment.await(pushedRead)) > meta.popped() && setup.readsQueue()) {
      CompletableFuture<List<KeyValue>> page =
          early != null ? early : queue.firstPage(snapshot, meta.head());
      front = readQueue(snapshot, environment.await(page));
    }
    long wait = backOff(snapshot);
    Work work = new Work(began, environment.await(stateRead), remembered, meta.exists());
    if (wait == 0) {
      work.runQueued();
      if (!front.more() && work.ran == front.messages().size() && !work.isolated) {
        work.runLane();
      }
    }
    return work.write(attempt, meta, wait);
  }

  private Meta decoded(byte[] stored) {
    try {
      return Meta.decode(stored);
    } catch (CodecException e) {
      throw undecodable(Fault.ENTITY, 0, e);
    }
  }

  /** What is stored cannot be decoded: the error says whose it is, which codecs do not know. */
  private RoundFailure undecodable(Fault fault, int index, CodecException problem) {
    return new RoundFailure(fault, index, problem.ofEntity(setup.address().toString()));
  }

  private Front readQueue(ReadTransaction snapshot, List<KeyValue> page)
      throws InterruptedException {
    try {
      return queue.read(snapshot, page, maxMessages, setup.limits().maxRoundBytes());
    } catch (CodecException e) {
      throw undecodable(Fault.ENTITY, 0, e);
    }
  }

  /** How long the first message is to wait before it is tried again, in versions. */
  private long backOff(ReadTransaction snapshot) throws InterruptedException {
    if (front.messages().isEmpty()) {
      return 0;
    }
    long notBefore = notBefore(front.messages().getFirst());
    return notBefore == 0
        ? 0
        : Math.max(0, notBefore - environment.await(snapshot.getReadVersion()));
  }

  private long notBefore(Queued queued) {
    try {
      return queued.envelope().notBefore();
    } catch (CodecException e) {
      throw undecodable(Fault.MESSAGE, 0, e);
    }
  }

  /** The callbacks of one attempt and what comes of them. */
  private final class Work {

    private final @Nullable S before;
    private S state;

    /** Whether what is stored is not as the codec would write it now: an older schema's. */
    private boolean outdated;

    private final long began;
    private final List<Answer<M>> answers = new ArrayList<>();
    private final List<QueuedReply> ownReplies = new ArrayList<>();
    private final List<QueuedReply> remoteReplies = new ArrayList<>();
    private int ran;
    private int taken;
    private int bytes;
    private boolean isolated;

    Work(long began, List<KeyValue> stored, @Nullable S remembered, boolean exists) {
      this.began = began;
      if (remembered != null) {
        before = remembered;
        state = remembered;
      } else if (exists) {
        before = read(stored);
        state = before;
      } else {
        before = null;
        state = init();
      }
    }

    private S read(List<KeyValue> stored) {
      try {
        StateSource source = new StateSource(keys.state.length, stored);
        S read = server.descriptor.states().read(source);
        outdated = source.isOutdated();
        return read;
      } catch (CodecException e) {
        throw undecodable(Fault.ENTITY, 0, e);
      }
    }

    private S init() {
      try {
        S first = server.descriptor.init(context(1));
        if (first == null) {
          throw new NullPointerException("init returned null; return the first state");
        }
        return server.descriptor.states().freeze(null, first);
      } catch (Throwable e) {
        throw new RoundFailure(Fault.ENTITY, 0, e);
      } finally {
        forgetInterrupt();
      }
    }

    private Context context(int attempt) {
      return new CallbackContext(setup.address(), attempt, environment);
    }

    /** Runs queued messages. One that failed before runs alone, so that it fails alone. */
    void runQueued() {
      for (Queued queued : front.messages()) {
        if (isFull()) {
          return;
        }
        Envelope envelope = decoded(queued);
        if (envelope.attempts() > 0) {
          if (ran > 0) {
            return;
          }
          isolated = true;
        }
        M message = messageOf(envelope);
        Result<S> result = run(message, envelope.attempts() + 1);
        if (result instanceof Reply<?, ?> reply && envelope.replyTo() != null) {
          answer(envelope, message, reply.reply());
        }
        bytes += queued.bytes.length;
        ran++;
        if (isolated) {
          return;
        }
      }
    }

    private void answer(Envelope envelope, M message, @Nullable Object reply) {
      byte[] encoded = encode(server.codec.replyCodec(message), reply);
      bytes += encoded.length;
      NodeId to = envelope.replyTo();
      if (to == null) {
        return;
      }
      (to.equals(setup.node()) ? ownReplies : remoteReplies)
          .add(new QueuedReply(to, envelope.call(), encoded));
    }

    private byte[] encode(TermCodec<Object> codec, @Nullable Object reply) {
      try {
        return ReplyMailbox.encode(codec, reply);
      } catch (RuntimeException e) {
        throw new RoundFailure(Fault.MESSAGE, ran, e);
      }
    }

    void runLane() {
      for (Pending<M> pending : lane) {
        if (isFull()) {
          return;
        }
        Result<S> result = run(pending.message, 1);
        Object reply = null;
        if (result instanceof Reply<?, ?> made) {
          reply = frozen(server.codec.replyCodec(pending.message), made.reply());
        }
        answers.add(new Answer<>(pending, reply));
        ran++;
        taken++;
      }
    }

    private @Nullable Object frozen(TermCodec<Object> codec, @Nullable Object reply) {
      try {
        return codec.freeze(reply);
      } catch (RuntimeException e) {
        throw new RoundFailure(Fault.MESSAGE, ran, e);
      }
    }

    private boolean isFull() {
      return ran >= maxMessages
          || bytes > setup.limits().maxRoundBytes()
          || (ran > 0 && environment.nanoTime() - began > setup.limits().maxRoundTime().toNanos());
    }

    private Envelope decoded(Queued queued) {
      try {
        return queued.envelope();
      } catch (CodecException e) {
        throw undecodable(Fault.MESSAGE, ran, e);
      }
    }

    private M messageOf(Envelope envelope) {
      try {
        return server.decode(envelope);
      } catch (CodecException e) {
        throw undecodable(Fault.MESSAGE, ran, e);
      }
    }

    /** Errors are failures of the message too: a callback cannot end the node. */
    private Result<S> run(M message, int attempt) {
      try {
        Result<S> result = server.descriptor.handle(message, state, context(attempt));
        state = server.descriptor.states().freeze(state, result.state());
        return result;
      } catch (Throwable e) {
        throw new RoundFailure(Fault.MESSAGE, ran, e);
      } finally {
        forgetInterrupt();
      }
    }

    /** The flag is the callback's: left set, it would end the next wait for the store. */
    private static void forgetInterrupt() {
      var unused = Thread.interrupted();
    }

    /** The store would refuse the commit, and do so each time that the round is repeated. */
    private void checkTime() {
      long nanos = environment.nanoTime() - began;
      if (ran > 0 && nanos > setup.limits().maxTransactionTime().toNanos()) {
        throw new RoundFailure(
            Fault.TIME,
            ran - 1,
            new DgenException(
                "the callback took "
                    + nanos / 1_000_000
                    + " ms, and its transaction lives for 5 s; do less in it, or do slow work"
                    + " outside and send its result"));
      }
    }

    Outcome<S, M> write(Transactor.Attempt attempt, Meta meta, long wait)
        throws InterruptedException {
      checkTime();
      boolean changed = ran > 0 && writeState(attempt);
      int popped = ran - taken;
      Meta next = meta;
      if (popped > 0) {
        next = meta.popped(front.messages().get(popped - 1).stamp, popped);
        attempt.writes().clear(queue.begin(meta.head()), keys.behind(next.head()));
      }
      writeReplies(attempt);
      if (changed) {
        attempt
            .writes()
            .mutate(MutationType.SET_VERSIONSTAMPED_VALUE, keys.meta, next.versionstampOperand());
        attempt.wantVersionstamp();
      } else if (popped > 0) {
        attempt.writes().set(keys.meta, next.encoded());
      }
      // An outdated state is not remembered, so that the round that changes it knows.
      boolean stored = (before != null && !outdated) || changed;
      return new Outcome<>(
          new Memory<>(meta.version(), next.head(), stored ? state : null),
          changed,
          taken,
          answers,
          ownReplies,
          !front.messages().isEmpty(),
          wait == 0 && (front.more() || popped < front.messages().size()),
          wait);
    }

    /** Writes the difference; a new entity is always written, for its init must run once. */
    private boolean writeState(Transactor.Attempt attempt) {
      try {
        if (before == null) {
          server.descriptor.states().write(null, state, new Sink(attempt));
          return true;
        }
        if (!outdated) {
          Sink sink = new Sink(attempt);
          server.descriptor.states().write(before, state, sink);
          return sink.wrote;
        }
        ChangeDetector detector = new ChangeDetector();
        server.descriptor.states().write(before, state, detector);
        if (detector.changed) {
          attempt.writes().clear(keys.state, Keys.prefixEnd(keys.state));
          server.descriptor.states().write(null, state, new Sink(attempt));
        }
        return detector.changed;
      } catch (StoreException e) {
        throw e;
      } catch (RuntimeException e) {
        throw new RoundFailure(Fault.MESSAGE, ran - 1, e);
      }
    }

    /**
     * Writes replies to other nodes. One to a node that has left would stay for ever, so its
     * sentinel is read with a conflict: either it leaves later and clears the reply, or it is seen
     * to be gone.
     */
    private void writeReplies(Transactor.Attempt attempt) throws InterruptedException {
      Map<NodeId, CompletableFuture<byte[]>> sentinels = new TreeMap<>();
      for (QueuedReply reply : remoteReplies) {
        sentinels.computeIfAbsent(
            reply.node, node -> attempt.reads().get(Receipts.sentinelKey(setup.layout(), node)));
      }
      Set<NodeId> present = new TreeSet<>();
      for (Map.Entry<NodeId, CompletableFuture<byte[]>> entry : sentinels.entrySet()) {
        if (environment.await(entry.getValue()) != null) {
          present.add(entry.getKey());
        }
      }
      for (QueuedReply reply : remoteReplies) {
        if (present.contains(reply.node)) {
          ReplyMailbox.write(attempt.writes(), setup.layout(), reply.node, reply.call, reply.bytes);
        }
      }
      for (NodeId node : present) {
        ReplyMailbox.ring(attempt.writes(), setup.layout(), node);
      }
    }
  }

  /** Finds out whether there is a difference. */
  private static final class ChangeDetector implements StateSink {

    private boolean changed;

    @Override
    public void set(byte[] path, byte[] value) {
      changed = true;
    }

    @Override
    public void clearAll(byte[] path) {
      changed = true;
    }
  }

  /** Writes below the state's prefix. */
  private final class Sink implements StateSink {

    private final Transactor.Attempt attempt;
    private boolean wrote;

    Sink(Transactor.Attempt attempt) {
      this.attempt = attempt;
    }

    @Override
    public void set(byte[] path, byte[] value) {
      wrote = true;
      attempt.writes().set(Keys.join(keys.state, path), value);
    }

    @Override
    public void clearAll(byte[] path) {
      wrote = true;
      byte[] key = Keys.join(keys.state, path);
      attempt.writes().clear(key, Keys.prefixEnd(key));
    }
  }
}
