package io.dgen.internal.engine.send;

import io.dgen.error.DgenException;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Caller;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.LockRecord;
import io.dgen.internal.engine.format.Meta;
import io.dgen.internal.engine.format.Meta.Flag;
import io.dgen.internal.engine.tx.NodeStore;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.ReadTransaction;
import io.dgen.store.TransactionOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;

/**
 * Finds out where a queued message is, and why it waits, for a sender that timed out. Thread-safe.
 *
 * <p>Many senders time out when a node has no time and no memory to spare. So what one look reads
 * is bounded, and only one sender of a node looks at a time: the others do without.
 */
public final class Whereabouts {

  /** The most rows of the queue that are examined. */
  private static final int MAX_ROWS = 1000;

  /** The number of bytes after which no further page is read. */
  private static final int MAX_BYTES = 1_000_000;

  /** How many rows are read at a time: two million bytes at most. */
  private static final int PAGE = 20;

  /** A store that does not respond must not keep the sender any longer. */
  private static final TransactionOptions BRIEFLY =
      TransactionOptions.builder().timeout(Duration.ofSeconds(1)).retryLimit(0).build();

  private final NodeStore store;
  private final Predicate<Address> isHosted;

  /** Whether a sender is looking. */
  private final AtomicBoolean looking = new AtomicBoolean();

  /**
   * Creates it.
   *
   * @param isHosted whether a live node runs an entity, as far as this node knows
   */
  public Whereabouts(NodeStore store, Predicate<Address> isHosted) {
    this.store = store;
    this.isHosted = isHosted;
  }

  /**
   * Returns where a call is.
   *
   * @param call its number on this node
   * @return the text that follows "it is in the entity's queue"; empty if it cannot be determined
   */
  String of(Address address, long call) {
    if (!looking.compareAndSet(false, true)) {
      return " (its position was not looked up, since many messages timed out)";
    }
    try {
      return store
          .transactor()
          .runIdempotent(BRIEFLY, transaction -> read(transaction.snapshot(), address, call));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    } catch (DgenException e) {
      return " (the store cannot be asked for its position: " + e.getMessage() + ")";
    } finally {
      looking.set(false);
    }
  }

  private String read(ReadTransaction snapshot, Address address, long call)
      throws InterruptedException {
    EntityKeys keys = store.layout().entity(address.server(), address.id());
    byte[] stored = store.environment().await(snapshot.get(keys.meta));
    Meta meta = Meta.of(stored);
    StringBuilder text = new StringBuilder(place(snapshot, keys, meta, call));
    if (meta.has(Flag.LOCKED)) {
      byte[] lock = store.environment().await(snapshot.get(keys.lock()));
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
    if (!isHosted.test(address)) {
      text.append("; no live node hosts ").append(address);
    }
    return text.toString();
  }

  private String place(ReadTransaction snapshot, EntityKeys keys, Meta meta, long call)
      throws InterruptedException {
    byte[] begin = keys.behind(meta.head());
    int before = 0;
    int rows = 0;
    long bytes = 0;
    while (rows < MAX_ROWS && bytes < MAX_BYTES) {
      List<KeyValue> page =
          store.environment().await(snapshot.getRange(begin, keys.queueEnd, PAGE));
      for (KeyValue row : page) {
        rows++;
        bytes += row.value().length;
        if (keys.isFirstChunk(row.key())) {
          Caller caller = Envelope.callerOf(row.value());
          if (caller != null && caller.call() == call && caller.node().equals(store.node())) {
            return " behind " + (before == 1 ? "1 other message" : before + " other messages");
          }
          before++;
        }
      }
      if (page.size() < PAGE) {
        return " no longer: its callback has run, and its reply was deferred or is on its way";
      }
      begin = Keys.after(page.getLast().key());
    }
    return " behind at least " + before + " other messages";
  }
}
