package io.dgen.internal.engine;

import io.dgen.EntityStatus;
import io.dgen.EntityStatus.First;
import io.dgen.EntityStatus.Locked;
import io.dgen.EntityStatus.Paused;
import io.dgen.codec.CodecException;
import io.dgen.internal.engine.Activations.Address;
import io.dgen.internal.engine.KeyLayout.EntityKeys;
import io.dgen.internal.engine.QueueReader.Queued;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.ReadTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Reads how one entity is. The reads begin when this is made, so that many may go on at a time. */
final class StatusReading {

  private final Engine engine;
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

  /** The first thing that could not be read. */
  private @Nullable String problem;

  StatusReading(Engine engine, ReadTransaction snapshot, Address address) {
    this.engine = engine;
    this.environment = engine.environment();
    this.snapshot = snapshot;
    this.address = address;
    this.keys = engine.layout().entity(address.server(), address.id());
    meta = snapshot.get(keys.meta);
    pushed = snapshot.get(keys.pushed);
    lock = snapshot.get(keys.lock());
    paused = snapshot.get(keys.paused());
    deadCount = snapshot.get(keys.deadCount());
    delayed =
        snapshot.getRange(keys.delayed(), Keys.prefixEnd(keys.delayed()), EntityStatus.MAX_DELAYED);
  }

  /** Waits for the reads. */
  EntityStatus status() throws InterruptedException {
    Meta known = decoded(environment.await(meta));
    long queueLength = KeyLayout.counter(environment.await(pushed)) - known.popped();
    return new EntityStatus(
        address.server(),
        address.id(),
        known.exists(),
        queueLength,
        lock(environment.await(lock)),
        pause(environment.await(paused)),
        queueLength > 0 ? first(known) : null,
        KeyLayout.counter(environment.await(deadCount)),
        environment.await(delayed).size(),
        owner(),
        running(),
        problem);
  }

  private Meta decoded(byte @Nullable [] stored) {
    try {
      return stored == null ? Meta.NONE : Meta.decode(stored);
    } catch (RuntimeException e) {
      report(e);
      return Meta.NONE;
    }
  }

  private @Nullable Locked lock(byte @Nullable [] stored) {
    try {
      if (stored == null) {
        return null;
      }
      LockRecord record = LockRecord.decode(stored);
      return new Locked(
          record.holder().value(), Instant.ofEpochMilli(record.sinceMillis()), record.message());
    } catch (RuntimeException e) {
      report(e);
      return null;
    }
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
    String undecodable = undecodable(envelope);
    return new First(
        envelope.name(),
        Instant.ofEpochMilli(envelope.sentAt()),
        envelope.begun(),
        nextAttempt(envelope),
        undecodable == null ? envelope.error() : undecodable,
        undecodable == null);
  }

  /** Why this node cannot decode the message; null if it can, or does not host the server. */
  private @Nullable String undecodable(Envelope envelope) {
    HostedServer<?, ?> server = engine.hosted(address.server());
    if (server == null) {
      return null;
    }
    try {
      var unused = server.decode(envelope);
      return null;
    } catch (RuntimeException e) {
      return text(e);
    }
  }

  /** A version of the store as a time of this node's clock. */
  private Optional<Instant> nextAttempt(Envelope envelope) throws InterruptedException {
    long micros = envelope.notBefore() - environment.await(snapshot.getReadVersion());
    return micros > 0 ? Optional.of(environment.now().plusNanos(micros * 1000)) : Optional.empty();
  }

  private @Nullable UUID owner() {
    NodeId owner = engine.owner(address);
    return owner == null ? null : owner.value();
  }

  private EntityStatus.@Nullable Running running() {
    Activation<?, ?> activation = engine.activations().find(address);
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
