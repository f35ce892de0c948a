package io.dgen.internal.engine.node;

import io.dgen.EntityStatus;
import io.dgen.EntityStatus.First;
import io.dgen.EntityStatus.Locked;
import io.dgen.EntityStatus.OpenAsk;
import io.dgen.EntityStatus.Paused;
import io.dgen.EntityStatus.Sleeping;
import io.dgen.EntityStatus.StepStatus;
import io.dgen.codec.CodecException;
import io.dgen.internal.engine.activation.Activation;
import io.dgen.internal.engine.activation.ActivationServices;
import io.dgen.internal.engine.cluster.HostedServer;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.AskRecord;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.LockRecord;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.engine.format.PauseRecord;
import io.dgen.internal.engine.format.StepKeys;
import io.dgen.internal.engine.format.StepRecord;
import io.dgen.internal.engine.later.OpenAsks;
import io.dgen.internal.engine.send.QueueReader;
import io.dgen.internal.engine.send.Queued;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.ReadTransaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Reads the status of one entity. The reads begin when this is created, so that many may run at a
 * time.
 *
 * <p>Only user code can tell whether its first message can be decoded, and it may never return. So
 * that is determined separately, on a thread for user code ({@link #tryDecoding}).
 */
final class StatusReading {

  private final ActivationServices services;
  private final Environment environment;
  private final ReadTransaction snapshot;
  private final Address address;
  private final EntityKeys keys;
  private final CompletableFuture<byte[]> meta;
  private final CompletableFuture<byte[]> pushed;
  private final CompletableFuture<byte[]> lock;
  private final CompletableFuture<byte[]> paused;
  private final CompletableFuture<byte[]> deadCount;
  private final CompletableFuture<List<KeyValue>> delayed;
  private final CompletableFuture<List<KeyValue>> asks;

  /** The first problem in reading. */
  private @Nullable String problem;

  /** The result; null before {@link #finish}. */
  private @Nullable EntityStatus read;

  /** The first message, if this node has the server that can decode it. */
  private @Nullable Envelope undecoded;

  /** The result of decoding it; null before that has ended. */
  private volatile @Nullable Verdict verdict;

  /** Whether a message can be decoded, and if not, why. */
  private record Verdict(@Nullable String problem) {}

  StatusReading(Entity entity, ActivationServices services, ReadTransaction snapshot) {
    this.services = services;
    this.environment = entity.environment();
    this.snapshot = snapshot;
    this.address = entity.address();
    this.keys = entity.keys();
    meta = snapshot.get(keys.meta);
    pushed = snapshot.get(keys.pushed);
    lock = snapshot.get(keys.lock());
    paused = snapshot.get(keys.paused());
    deadCount = snapshot.get(keys.deadCount());
    delayed =
        snapshot.getRange(keys.delayed(), Keys.prefixEnd(keys.delayed()), EntityStatus.MAX_DELAYED);
    asks = snapshot.getRange(keys.asks(), Keys.prefixEnd(keys.asks()), EntityStatus.MAX_ASKS);
  }

  private List<OpenAsk> openAsks(List<KeyValue> rows) {
    List<OpenAsk> open = new ArrayList<>();
    for (KeyValue row : rows) {
      if (!keys.isFirstOfAsk(row.key())) {
        continue;
      }
      try {
        AskRecord ask = AskRecord.decode(row.value());
        open.add(
            new OpenAsk(
                ask.asked().server(),
                ask.asked().id(),
                ask.name(),
                Instant.ofEpochMilli(ask.sinceMillis()),
                ask.timeout() != null));
      } catch (RuntimeException e) {
        report(e);
      }
    }
    return open;
  }

  /** Waits for the reads. */
  void finish() throws InterruptedException {
    read = read();
  }

  private EntityStatus read() throws InterruptedException {
    Meta known = decoded(environment.await(meta));
    long queueLength = KeyLayout.counter(environment.await(pushed)) - known.popped();
    return new EntityStatus(
        address.server(),
        address.id(),
        known.exists(),
        queueLength,
        Optional.ofNullable(lock(environment.await(lock))),
        Optional.ofNullable(pause(environment.await(paused))),
        Optional.ofNullable(queueLength > 0 ? first(known) : null),
        KeyLayout.counter(environment.await(deadCount)),
        environment.await(delayed).size(),
        openAsks(environment.await(asks)),
        Optional.ofNullable(owner()),
        Optional.ofNullable(running()),
        Optional.ofNullable(problem));
  }

  private Meta decoded(byte @Nullable [] stored) {
    try {
      return Meta.of(stored);
    } catch (RuntimeException e) {
      report(e);
      return Meta.NONE;
    }
  }

  private @Nullable Locked lock(byte @Nullable [] stored) throws InterruptedException {
    try {
      if (stored == null) {
        return null;
      }
      LockRecord record = LockRecord.decode(stored);
      return new Locked(
          record.holder().value(),
          Instant.ofEpochMilli(record.sinceMillis()),
          record.message(),
          steps(keys.steps(record.origin())),
          Optional.ofNullable(record.sleep())
              .map(
                  it ->
                      new Sleeping(
                          Instant.ofEpochMilli(it.sinceMillis()), Instant.ofEpochMilli(it.due()))));
    } catch (RuntimeException e) {
      report(e);
      return null;
    }
  }

  private List<StepStatus> steps(StepKeys of) throws InterruptedException {
    List<StepStatus> steps = new ArrayList<>();
    for (KeyValue row :
        environment.await(snapshot.getRange(of.prefix(), of.end(), EntityStatus.MAX_STEPS))) {
      StepKeys.Place place = of.placeOf(row.key());
      if (place.chunk() == 0 && !place.name().isEmpty()) {
        StepRecord step = StepRecord.decode(row.value());
        steps.add(
            new StepStatus(
                place.name(),
                place.key(),
                step.attempts(),
                Instant.ofEpochMilli(step.begunMillis()),
                step.isDone()
                    ? Optional.of(Instant.ofEpochMilli(step.doneMillis()))
                    : Optional.empty()));
      }
    }
    return steps;
  }

  private @Nullable Paused pause(byte @Nullable [] stored) {
    try {
      if (stored == null) {
        return null;
      }
      PauseRecord record = PauseRecord.decode(stored);
      return new Paused(record.reason(), Instant.ofEpochMilli(record.since()), record.automatic());
    } catch (RuntimeException e) {
      report(e);
      return null;
    }
  }

  private @Nullable First first(Meta known) throws InterruptedException {
    try {
      QueueReader reader = new QueueReader(environment, keys);
      List<KeyValue> page = environment.await(reader.firstPage(snapshot, known.head()));
      List<Queued> messages = reader.checked(snapshot, page, 1, 1).messages();
      return messages.isEmpty() ? null : first(messages.getFirst());
    } catch (CodecException e) {
      report(e);
      return null;
    }
  }

  private First first(Queued queued) throws InterruptedException {
    Envelope envelope;
    try {
      envelope = queued.envelope();
    } catch (RuntimeException e) {
      return new First("", Instant.EPOCH, 0, Optional.empty(), text(e), false);
    }
    // An answer that nothing is open for is dropped without being decoded.
    undecoded =
        services.rounds().failing().servers().has(address.server())
            ? OpenAsks.seen(environment, snapshot, keys, envelope)
            : null;
    return new First(
        envelope.name(),
        Instant.ofEpochMilli(envelope.sentAt()),
        envelope.begun(),
        nextAttempt(envelope),
        envelope.error(),
        true);
  }

  /** Returns whether {@link #tryDecoding} is to be called. */
  boolean hasUndecoded() {
    return undecoded != null;
  }

  /** Tries to decode the first message on this node. Runs user code. */
  void tryDecoding() {
    HostedServer<?, ?> server = services.rounds().failing().servers().find(address.server());
    if (server == null || undecoded == null) {
      return;
    }
    try {
      var unused = server.decode(undecoded);
      verdict = new Verdict(null);
    } catch (RuntimeException e) {
      verdict = new Verdict(text(e));
    }
  }

  /** Returns the status, with the result of decoding if there is one by now. */
  EntityStatus status() {
    EntityStatus status = Objects.requireNonNull(read, "not read yet");
    First first = status.first().orElse(null);
    Verdict known = verdict;
    if (undecoded == null || first == null || (known != null && known.problem() == null)) {
      return status;
    }
    String why =
        known == null
            ? "decoding it does not return: see the codec of its type, or its constructor"
            : known.problem();
    return withFirst(
        status,
        new First(
            first.message(),
            first.sentAt(),
            first.attempts(),
            first.nextAttempt(),
            String.valueOf(why),
            false));
  }

  private static EntityStatus withFirst(EntityStatus status, First first) {
    return new EntityStatus(
        status.server(),
        status.id(),
        status.exists(),
        status.queueLength(),
        status.lock(),
        status.pause(),
        Optional.of(first),
        status.deadLetters(),
        status.delayed(),
        status.asks(),
        status.owner(),
        status.running(),
        status.problem());
  }

  /** Returns the time of this node's clock that corresponds to a version of the store. */
  private Optional<Instant> nextAttempt(Envelope envelope) throws InterruptedException {
    long micros = envelope.notBefore() - environment.await(snapshot.getReadVersion());
    return micros > 0 ? Optional.of(environment.now().plusNanos(micros * 1000)) : Optional.empty();
  }

  private @Nullable UUID owner() {
    NodeId owner = services.ownership().owner(address);
    return owner == null ? null : owner.value();
  }

  private EntityStatus.@Nullable Running running() {
    Activation<?, ?> activation = services.remembered().activations().find(address);
    return activation == null ? null : activation.runningCallback();
  }

  private void report(RuntimeException e) {
    if (problem == null) {
      problem = text(e);
    }
  }

  private static String text(RuntimeException e) {
    String message = e.getMessage();
    return message == null ? e.toString() : message;
  }
}
