package io.dgen.internal.engine;

import io.dgen.DgenException;
import io.dgen.internal.engine.Activations.Address;
import io.dgen.internal.engine.KeyLayout.EntityKeys;
import io.dgen.internal.engine.Meta.Flag;
import io.dgen.store.KeyValue;
import io.dgen.store.ReadTransaction;
import io.dgen.store.TransactionOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Finds out where a queued message is, and why it waits, for a sender whose time is over. */
final class Whereabouts {

  /** How many rows of the queue are looked through. */
  private static final int MAX_ROWS = 1000;

  /** A store that does not answer must not keep the sender any longer. */
  private static final TransactionOptions BRIEFLY =
      TransactionOptions.DEFAULT.withTimeout(Duration.ofSeconds(1)).withRetryLimit(0);

  private final Engine engine;
  private final Address address;

  Whereabouts(Engine engine, Address address) {
    this.engine = engine;
    this.address = address;
  }

  /**
   * Where a call is.
   *
   * @param call its number on this node
   * @return what to say behind "it is in the entity's queue"; empty if it cannot be found out
   */
  String of(long call) {
    try {
      return engine
          .transactor()
          .runIdempotent(BRIEFLY, transaction -> read(transaction.snapshot(), call));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    } catch (DgenException e) {
      return " (the store cannot be asked about it: " + e.getMessage() + ")";
    }
  }

  private String read(ReadTransaction snapshot, long call) throws InterruptedException {
    EntityKeys keys = engine.layout().entity(address.server(), address.id());
    byte[] stored = engine.environment().await(snapshot.get(keys.meta));
    Meta meta = stored == null ? Meta.NONE : Meta.decode(stored);
    StringBuilder text = new StringBuilder(place(snapshot, keys, meta, call));
    if (meta.has(Flag.LOCKED)) {
      byte[] lock = engine.environment().await(snapshot.get(keys.lock()));
      if (lock != null) {
        LockRecord record = LockRecord.decode(lock);
        text.append("; the entity is locked by ")
            .append(record.message())
            .append(" since ")
            .append(Instant.ofEpochMilli(record.sinceMillis()));
      }
    }
    if (meta.has(Flag.PAUSED)) {
      text.append("; the entity is paused");
    }
    if (!engine.isHostedAnywhere(address)) {
      text.append("; no live node hosts ").append(address);
    }
    return text.toString();
  }

  private String place(ReadTransaction snapshot, EntityKeys keys, Meta meta, long call)
      throws InterruptedException {
    List<KeyValue> rows =
        engine
            .environment()
            .await(snapshot.getRange(keys.behind(meta.head()), keys.queueEnd, MAX_ROWS));
    int before = 0;
    for (KeyValue row : rows) {
      if (keys.isFirstChunk(row.key())) {
        Caller caller = Envelope.callerOf(row.value());
        if (caller != null && caller.call() == call && caller.node().equals(engine.node())) {
          return " behind " + (before == 1 ? "1 other message" : before + " other messages");
        }
        before++;
      }
    }
    return rows.size() == MAX_ROWS
        ? " behind at least " + before + " other messages"
        : " no more: its callback has run, and its reply was put off or is on its way";
  }
}
