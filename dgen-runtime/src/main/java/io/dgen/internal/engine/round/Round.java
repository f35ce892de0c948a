package io.dgen.internal.engine.round;

import io.dgen.codec.CodecException;
import io.dgen.internal.engine.cluster.FlightRecorder;
import io.dgen.internal.engine.failure.EntitySuspects;
import io.dgen.internal.engine.failure.RoundFailure;
import io.dgen.internal.engine.failure.RoundFailure.Fault;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.LockRecord;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.format.Meta.Flag;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.engine.send.Damage;
import io.dgen.internal.engine.send.Front;
import io.dgen.internal.engine.send.Pending;
import io.dgen.internal.engine.send.QueueReader;
import io.dgen.internal.engine.send.Queued;
import io.dgen.internal.engine.send.ReplyBatch;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Transaction;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One transaction of an entity: reads head, version and state, runs the callbacks of the queued
 * messages and then of the lane's, and writes one state diff, the pops and the replies (rule 1).
 *
 * <p>The meta key, with version, head and flags, is read with a conflict (rule 2): every round that
 * changes the state or pops writes it, so two rounds of one entity that overlap never both commit.
 * Everything else is read from the snapshot, which the conflict on the meta key protects.
 *
 * <p>A round may be attempted many times; nothing outside it sees an attempt that did not commit
 * (rule 6).
 */
public final class Round<S, M> {

  private final RoundSetup<S, M> setup;
  private final EntityKeys keys;
  private final Environment environment;
  private final RoundLimits limits;
  private final QueueReader queue;

  /** The cached state from earlier rounds. */
  private final CachedState<S> memory;

  /** The lane's messages, in order. */
  private final List<Pending<M>> lane;

  private final int maxMessages;

  /** Whether the queue is likely to hold messages, so that it is read at once. */
  private final boolean expectsQueued;

  /** The nodes that the last queued messages came from: the next ones may come from them too. */
  private final List<NodeId> correspondents;

  private final EntitySuspects suspects;

  private Front front = Front.EMPTY;
  private int ran;
  private long queueLength;

  /** The message that the last attempt gave up; null for none. */
  private @Nullable Queued buried;

  /** The callbacks of the last attempt; null if it did not get that far. */
  private @Nullable RoundAttempt<S, M> work;

  public Round(
      RoundSetup<S, M> setup,
      CachedState<S> memory,
      List<Pending<M>> lane,
      int maxMessages,
      boolean expectsQueued,
      List<NodeId> correspondents,
      EntitySuspects suspects) {
    this.setup = setup;
    this.keys = setup.keys();
    this.environment = setup.environment();
    this.limits = setup.services().limits();
    this.queue = new QueueReader(environment, keys);
    this.memory = memory;
    this.lane = lane;
    this.maxMessages = maxMessages;
    this.expectsQueued = expectsQueued;
    this.correspondents = correspondents;
    this.suspects = suspects;
  }

  /** Returns the front of the queue that the last attempt read. */
  public Front front() {
    return front;
  }

  /** Returns how many messages the last attempt ran. */
  public int ran() {
    return ran;
  }

  /** Returns how many messages were in the queue before the round, as far as it read. */
  public long queueLength() {
    return queueLength;
  }

  /** Returns the message that the last attempt moved to the dead letters; null for none. */
  public @Nullable Queued buried() {
    return buried;
  }

  /** Returns whether the last attempt could not be stored, whatever its messages did. */
  public boolean isFirstStateTooLarge() {
    EntityState<S> state = work == null ? null : work.state();
    return state != null && state.isFirstTooLarge();
  }

  /** Makes one attempt at the round. */
  public Outcome<S, M> attempt(Transactor.Attempt attempt) throws InterruptedException {
    long began = environment.nanoTime();
    front = Front.EMPTY;
    ran = 0;
    buried = null;
    work = null;
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

    ReplyBatch replies = setup.services().replies().mailbox().replies(attempt);
    if (expectsQueued) {
      correspondents.forEach(replies::expect);
    }

    byte[] storedMeta = environment.await(metaRead);
    Meta meta = storedMeta == null ? Meta.NONE : decoded(storedMeta);
    CachedState<S> known = memory.seen(meta);
    if (setup.readsQueue()) {
      Obstacle obstacle = obstacle(meta, snapshot);
      if (!obstacle.is(Obstacle.Kind.NONE)) {
        return Outcome.none(known, false, obstacle);
      }
    }
    CompletableFuture<List<KeyValue>> stateRead =
        meta.exists() && known.state() == null
            ? snapshot.getRange(keys.state, Keys.prefixEnd(keys.state), 0)
            : CompletableFuture.completedFuture(List.of());
    queueLength =
        setup.readsQueue() ? KeyLayout.counter(environment.await(pushedRead)) - meta.popped() : 0;
    if (queueLength > 0) {
      CompletableFuture<List<KeyValue>> page =
          early != null ? early : queue.firstPage(snapshot, meta.head());
      front = queue.read(snapshot, environment.await(page), maxMessages, limits.maxRoundBytes());
      Damage damage = front.damage();
      if (damage != null) {
        throw RoundFailure.undecodable(
            Fault.DAMAGED, 0, setup.address(), new CodecException(damage.problem()));
      }
    } else if (early != null) {
      // The value is not needed, but the read must end before a callback sends to its own entity: a
      // read that meets a key with an unresolved stamp fails, and so does the commit.
      var unused = environment.await(early);
    }
    long wait = backOff(snapshot);
    if (wait > 0) {
      return Outcome.none(known, true, new Obstacle(Obstacle.Kind.BACK_OFF, wait));
    }
    if (!front.messages().isEmpty() && suspects.isSuspect(front.messages().getFirst().stamp)) {
      return Outcome.none(known, true, new Obstacle(Obstacle.Kind.SUSPECT, 0));
    }
    if (front.messages().isEmpty() && lane.isEmpty()) {
      // Signalled for nothing: neither init nor the state's codec must run.
      return Outcome.none(known, false, Obstacle.NONE);
    }
    try (FlightRecorder.Recording recording = recording()) {
      RoundAttempt<S, M> callbacks =
          new RoundAttempt<>(
              setup, meta, began, maxMessages, stored(stateRead), known, attempt, replies);
      work = callbacks;
      callbacks.runQueued(front, recording, suspects);
      if (!front.more() && callbacks.hasRunAllOf(front)) {
        callbacks.runLane(lane);
      }
      ran = callbacks.ran();
      buried = callbacks.buried();
      return callbacks.write(attempt, front, queue);
    }
  }

  /**
   * Returns the recording of what runs. Only queued messages come back after the end of this
   * process, so only they are recorded.
   */
  private FlightRecorder.Recording recording() {
    if (front.messages().isEmpty()) {
      return FlightRecorder.NO_RECORDING;
    }
    FlightRecorder.Recording recording =
        setup.services().flights().recorder().begin(setup.address());
    // Before the state is read, which runs users' codecs.
    recording.running(front.messages().getFirst().stamp);
    return recording;
  }

  private List<KeyValue> stored(CompletableFuture<List<KeyValue>> stateRead)
      throws InterruptedException {
    return environment.await(stateRead);
  }

  private Meta decoded(byte[] stored) {
    try {
      return Meta.decode(stored);
    } catch (CodecException e) {
      throw RoundFailure.undecodable(Fault.STATE, 0, setup.address(), e);
    }
  }

  /** Returns what keeps every standard message from running; NONE if nothing does. */
  private Obstacle obstacle(Meta meta, ReadTransaction snapshot) throws InterruptedException {
    if (meta.has(Flag.KILLED)) {
      return new Obstacle(Obstacle.Kind.KILLED, 0);
    }
    if (meta.has(Flag.LOCKED)) {
      CompletableFuture<byte[]> lease = snapshot.get(keys.lease());
      long until = LockRecord.leaseOf(environment.await(lease));
      if (until == LockRecord.ASLEEP) {
        return new Obstacle(Obstacle.Kind.ASLEEP, 0);
      }
      if (until == LockRecord.WOKEN) {
        return new Obstacle(meta.has(Flag.PAUSED) ? Obstacle.Kind.PAUSED : Obstacle.Kind.WOKEN, 0);
      }
      long left = until - environment.await(snapshot.getReadVersion());
      return left > 0
          ? new Obstacle(Obstacle.Kind.LOCKED, left)
          : new Obstacle(Obstacle.Kind.LOCK_EXPIRED, 0);
    }
    return meta.has(Flag.PAUSED) ? new Obstacle(Obstacle.Kind.PAUSED, 0) : Obstacle.NONE;
  }

  /** Returns how long the first message is to wait before it is retried, in versions. */
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
      throw RoundFailure.undecodable(0, setup.address(), queued, e);
    }
  }
}
