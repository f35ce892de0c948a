package io.dgen.internal.engine.node;

import io.dgen.EntityStatus;
import io.dgen.Page;
import io.dgen.QueuedMessage;
import io.dgen.generated.codec.Json;
import io.dgen.generated.codec.VersionedMessages;
import io.dgen.internal.Texts;
import io.dgen.internal.engine.activation.ActivationServices;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.send.Front;
import io.dgen.internal.engine.send.QueueReader;
import io.dgen.internal.engine.send.Queued;
import io.dgen.internal.engine.tx.CallerWork;
import io.dgen.internal.engine.tx.NodeStore;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.ReadTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Inspects entities from outside: reads snapshots, changes nothing, and conflicts with no one.
 * Everything that is stored can be inspected, even if it is damaged or was written by another
 * version. Thread-safe.
 */
final class Inspector {

  /**
   * The most bytes of a state or a queue that are read: about as much as is still readable as JSON.
   */
  private static final int MAX_BYTES = 1_000_000;

  private static final int STATE_PAGE = 100;

  /** The most entities whose counters one transaction reads. */
  private static final int MAX_PAGE = 1000;

  /** The time after which a page of entities ends, far below the five seconds of a transaction. */
  private static final long MAX_PAGE_NANOS = 1_000_000_000;

  /** How long user code may take to tell whether a message can be decoded. */
  private static final Duration DECODING = Duration.ofSeconds(1);

  private final NodeStore store;
  private final ActivationServices services;
  private final CallerWork work;
  private final KeyLayout layout;
  private final Environment environment;

  Inspector(NodeStore store, ActivationServices services, CallerWork work) {
    this.store = store;
    this.services = services;
    this.work = work;
    this.layout = store.layout();
    this.environment = store.environment();
  }

  /**
   * Reads an entity's status.
   *
   * @param server the server's name
   * @param id the entity's id
   * @return the status
   */
  public EntityStatus status(String server, String id) {
    Address address = Address.checked(server, id);
    StatusReading reading =
        work.transact(
            "read the status of " + address,
            attempt -> {
              StatusReading one =
                  new StatusReading(store.entity(address), services, attempt.reads().snapshot());
              one.finish();
              return one;
            });
    tryDecoding(List.of(reading));
    return reading.status();
  }

  /** Finds out which first messages can be decoded, as far as that is possible in a while. */
  private void tryDecoding(List<StatusReading> readings) {
    work.tryUserCode(
        DECODING,
        readings.stream()
            .filter(StatusReading::hasUndecoded)
            .<Runnable>map(reading -> reading::tryDecoding)
            .toList());
  }

  /**
   * Returns the entities of a server after a given one. Goes from entity to entity by range reads
   * of one key each, and reads no states.
   *
   * @param server the server's name
   * @param after the id of the last one of the previous page; null for the first page
   * @param limit the most to return
   * @return the page
   */
  public Page<EntityStatus> entities(String server, @Nullable String after, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("the limit of a page must be at least 1; found " + limit);
    }
    Texts.checkServer(server);
    if (after != null) {
      Texts.checkEntity(server, after);
    }
    Readings page =
        work.transact(
            "list the entities of " + Texts.escaped(server),
            attempt -> page(attempt.reads().snapshot(), server, after, limit));
    tryDecoding(page.readings());
    List<EntityStatus> entities = page.readings().stream().map(StatusReading::status).toList();
    return new Page<>(
        entities, page.more() ? Optional.of(entities.getLast().id()) : Optional.empty());
  }

  /**
   * Some entities with dead letters.
   *
   * @param ids their ids
   * @param letters how many letters they have
   * @param next the id to go on after; null at the end
   */
  record Lettered(List<String> ids, long letters, @Nullable String next) {}

  /**
   * Returns the entities of a server that have dead letters, after a given one.
   *
   * @param after the {@code next} of the previous result; null for the first
   */
  Lettered lettered(String server, @Nullable String after) {
    Texts.checkServer(server);
    return work.transact(
        "find the dead letters of " + Texts.escaped(server),
        attempt -> letteredPage(attempt.reads().snapshot(), server, after));
  }

  private Lettered letteredPage(ReadTransaction snapshot, String server, @Nullable String after)
      throws InterruptedException {
    long began = environment.nanoTime();
    byte[] prefix = layout.serverPrefix(server);
    byte[] end = Keys.prefixEnd(prefix);
    SequencedMap<String, CompletableFuture<byte[]>> counters = new LinkedHashMap<>();
    String id = nextId(snapshot, prefix, after == null ? prefix : behind(server, after), end);
    while (id != null
        && (counters.isEmpty()
            || (counters.size() < MAX_PAGE && environment.nanoTime() - began < MAX_PAGE_NANOS))) {
      counters.put(id, snapshot.get(layout.entity(server, id).deadCount()));
      id = nextId(snapshot, prefix, behind(server, id), end);
    }
    List<String> ids = new ArrayList<>();
    long letters = 0;
    for (Map.Entry<String, CompletableFuture<byte[]>> each : counters.entrySet()) {
      long count = KeyLayout.counter(environment.await(each.getValue()));
      if (count > 0) {
        ids.add(each.getKey());
        letters += count;
      }
    }
    return new Lettered(ids, letters, id == null ? null : counters.lastEntry().getKey());
  }

  private record Readings(List<StatusReading> readings, boolean more) {}

  private Readings page(ReadTransaction snapshot, String server, @Nullable String after, int limit)
      throws InterruptedException {
    long began = environment.nanoTime();
    byte[] prefix = layout.serverPrefix(server);
    byte[] end = Keys.prefixEnd(prefix);
    List<StatusReading> readings = new ArrayList<>();
    String id = nextId(snapshot, prefix, after == null ? prefix : behind(server, after), end);
    while (id != null
        && readings.size() < limit
        && (readings.isEmpty() || environment.nanoTime() - began < MAX_PAGE_NANOS)) {
      readings.add(new StatusReading(store.entity(new Address(server, id)), services, snapshot));
      id = nextId(snapshot, prefix, behind(server, id), end);
    }
    for (StatusReading reading : readings) {
      reading.finish();
    }
    return new Readings(readings, id != null);
  }

  /**
   * Returns the key after all keys of an entity. Keys that begin with its prefix and continue with
   * 0xFF belong to a longer id: "a" and "a\0".
   */
  private byte[] behind(String server, String id) {
    return Keys.join(layout.entityPrefix(server, id), new byte[] {(byte) 0xFF});
  }

  private @Nullable String nextId(ReadTransaction snapshot, byte[] prefix, byte[] from, byte[] end)
      throws InterruptedException {
    List<KeyValue> row = environment.await(snapshot.getRange(from, end, 1));
    return row.isEmpty() ? null : KeyLayout.entityId(prefix, row.getFirst().key());
  }

  /**
   * Returns an entity's state as JSON.
   *
   * @param server the server's name
   * @param id the entity's id
   * @return JSON text
   */
  String stateJson(String server, String id) {
    Address address = Address.checked(server, id);
    EntityKeys keys = layout.entity(server, id);
    return work.transact(
        "read the state of " + address,
        attempt -> {
          List<KeyValue> pairs = new ArrayList<>();
          boolean more = readState(attempt.reads().snapshot(), keys.state, pairs);
          return Json.ofState(pairs, keys.state.length, !more);
        });
  }

  /** Reads a state up to a number of bytes; returns true if there is more. */
  private boolean readState(ReadTransaction snapshot, byte[] prefix, List<KeyValue> pairs)
      throws InterruptedException {
    byte[] begin = prefix;
    long bytes = 0;
    while (bytes < MAX_BYTES) {
      List<KeyValue> page =
          environment.await(snapshot.getRange(begin, Keys.prefixEnd(prefix), STATE_PAGE));
      for (KeyValue pair : page) {
        if (bytes >= MAX_BYTES) {
          return true;
        }
        bytes += pair.key().length + pair.value().length;
        pairs.add(pair);
      }
      if (page.size() < STATE_PAGE) {
        return false;
      }
      begin = Keys.after(page.getLast().key());
    }
    return true;
  }

  /**
   * Returns the first messages of an entity's queue.
   *
   * @param server the server's name
   * @param id the entity's id
   * @param limit the most to return
   * @return the messages
   */
  public List<QueuedMessage> queue(String server, String id, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("the limit of a list must be at least 1; found " + limit);
    }
    Address address = Address.checked(server, id);
    EntityKeys keys = layout.entity(server, id);
    Front front =
        work.transact(
            "read the queue of " + address,
            attempt -> {
              ReadTransaction snapshot = attempt.reads().snapshot();
              byte[] meta = environment.await(snapshot.get(keys.meta));
              byte[] head = Meta.of(meta).head();
              QueueReader reader = new QueueReader(environment, keys);
              return reader.checked(
                  snapshot, environment.await(reader.firstPage(snapshot, head)), limit, MAX_BYTES);
            });
    List<QueuedMessage> messages = new ArrayList<>(front.messages().size());
    for (Queued queued : front.messages()) {
      messages.add(shown(queued));
    }
    return List.copyOf(messages);
  }

  private static QueuedMessage shown(Queued queued) {
    try {
      Envelope envelope = queued.envelope();
      return new QueuedMessage(
          envelope.name(),
          Instant.ofEpochMilli(envelope.sentAt()),
          envelope.begun(),
          envelope.error(),
          queued.bytes.length,
          Json.ofTerm(VersionedMessages.record(envelope.payload().bytes)));
    } catch (RuntimeException e) { // Anything that is stored can be shown.
      return new QueuedMessage(
          "", Instant.EPOCH, 0, e.toString(), queued.bytes.length, Json.ofTerm(queued.bytes));
    }
  }
}
