package io.dgen.internal.engine.later;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import io.dgen.error.ChangeTooLargeException;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.FlatTuple;
import io.dgen.internal.engine.format.IdempotencyRecord.What;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.engine.format.Ticket;
import io.dgen.internal.engine.format.TooLarge;
import io.dgen.internal.engine.later.RoundIdempotency.Scheduling;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The store of messages that are not yet due: below the shard of their entity by time, node and
 * number, in chunks, of which number 0 says whose message it is and how many follow; and again, as
 * a key without a value, below their entity. The latter is decisive: a message whose index key is
 * gone was killed, cancelled or moved to its queue. Thread-safe.
 */
public final class DelayedMessages {

  /** How many messages can be deleted with their entity. */
  public static final int MAX_DELETED = 10_000;

  /** How many messages a kill clears completely. */
  private static final int KILL_PAGE = 1000;

  private final KeyLayout layout;
  private final NodeId node;
  private final Environment environment;
  private final AtomicLong numbers = new AtomicLong();

  public DelayedMessages(KeyLayout layout, NodeId node, Environment environment) {
    this.layout = layout;
    this.node = node;
    this.environment = environment;
  }

  /** Returns a name for a message that is about to be sent. */
  Ticket ticket(Address address, Instant due) {
    return new Ticket(address, Ticket.millisOf(due), node, numbers.incrementAndGet());
  }

  /**
   * Sends a message. Without an idempotency key the write is blind: it reads nothing, so sends
   * never conflict with each other. Of all messages that are sent under one key, one is stored, and
   * all have its name: cancelling one of them cancels them all.
   *
   * @param what the message's identity for its record; null if it has no idempotency key
   * @return the name of the message
   */
  String send(
      Supplier<Transaction> writes,
      Ticket ticket,
      Envelope envelope,
      @Nullable What what,
      RoundIdempotency records)
      throws InterruptedException {
    String key = envelope.idempotencyKey();
    String name = ticket.text();
    if (key != null) {
      Scheduling scheduling =
          records.schedule(ticket.address(), key, Objects.requireNonNull(what), name);
      name = scheduling.ticket();
      if (!scheduling.isFirst()) {
        return name;
      }
    }
    write(writes.get(), ticket, envelope);
    return name;
  }

  private void write(Transaction transaction, Ticket ticket, Envelope envelope) {
    List<byte[]> chunks = envelope.chunks();
    byte[] prefix = dueKey(ticket);
    transaction.set(
        Keys.join(prefix, chunk(0)), Tuple.from(ticket.address().id(), chunks.size()).pack());
    for (int i = 0; i < chunks.size(); i++) {
      transaction.set(Keys.join(prefix, chunk(i + 1)), chunks.get(i));
    }
    EntityKeys keys = keys(ticket);
    String key = envelope.idempotencyKey();
    transaction.set(
        indexKey(keys, ticket), key == null ? KeyLayout.NOTHING : Tuple.from(key).pack());
    transaction.mutate(MutationType.ADD, keys.bump, KeyLayout.oneDelayed());
  }

  /**
   * Wakes the work under an entity's lock at a time, as a message without content: what decides
   * whether it is wanted is the entity's lock, which names the ticket.
   */
  public void wakeAt(Transaction transaction, Ticket ticket) {
    transaction.set(
        Keys.join(dueKey(ticket), chunk(0)), Tuple.from(ticket.address().id(), 0).pack());
    transaction.mutate(MutationType.ADD, keys(ticket).bump, KeyLayout.oneDelayed());
  }

  /**
   * Returns a name for a waking.
   *
   * @param due when, in milliseconds since the epoch
   */
  public Ticket waking(Address address, long due) {
    return new Ticket(address, due, node, numbers.incrementAndGet());
  }

  /** Clears the waking of work that is not to go on. */
  public void clearWaking(Transaction transaction, Ticket ticket) {
    clearDue(transaction, ticket);
  }

  /**
   * Cancels a message, if it still exists.
   *
   * @return whether it existed
   */
  boolean cancel(
      Transaction reads, Supplier<Transaction> writes, Ticket ticket, RoundIdempotency records)
      throws InterruptedException {
    byte[] index = environment.await(index(reads, ticket));
    if (index == null) {
      return false;
    }
    clear(writes.get(), ticket);
    if (index.length > 0) {
      records.unschedule(
          ticket.address(), FlatTuple.decode(index, 0, index.length).getString(0), ticket.text());
    }
    return true;
  }

  /**
   * Begins to read the index key of a message, with a conflict, so that of all transactions that
   * cancel, kill or move it only one succeeds.
   *
   * @return null if the message is gone
   */
  CompletableFuture<byte @Nullable []> index(Transaction reads, Ticket ticket) {
    return reads.get(indexKey(keys(ticket), ticket));
  }

  /** Clears a message. */
  void clear(Transaction transaction, Ticket ticket) {
    clearDue(transaction, ticket);
    transaction.clear(indexKey(keys(ticket), ticket));
  }

  private void clearDue(Transaction transaction, Ticket ticket) {
    byte[] prefix = dueKey(ticket);
    transaction.clear(prefix, Keys.prefixEnd(prefix));
  }

  private EntityKeys keys(Ticket ticket) {
    return layout.entity(ticket.address().server(), ticket.address().id());
  }

  /**
   * Clears an entity's delayed messages, as part of the one transaction that kills it, however many
   * they are: all leave the index; if there are very many, those that are due last stay in their
   * shard until they are due, and are dropped then.
   */
  public void clearAll(Transaction transaction, Address address) throws InterruptedException {
    byte[] index = layout.entity(address.server(), address.id()).delayed();
    byte[] end = Keys.prefixEnd(index);
    for (KeyValue row : environment.await(transaction.snapshot().getRange(index, end, KILL_PAGE))) {
      Ticket ticket = ticketOf(address, index, row.key());
      if (ticket != null) {
        clearDue(transaction, ticket);
      }
    }
    transaction.clear(index, end);
  }

  /**
   * Deletes an entity's delayed messages, as part of the transaction that deletes the entity. The
   * idempotency keys of those that have one are free again, unless another message has taken effect
   * under the key. The index is read with a conflict, so that no message comes in between whose key
   * would never be free.
   *
   * @param records the idempotency records, of which most stay
   * @throws ChangeTooLargeException if there are too many for one transaction
   */
  void deleteAll(Transaction transaction, Address address, RoundIdempotency records)
      throws InterruptedException {
    byte[] index = layout.entity(address.server(), address.id()).delayed();
    byte[] end = Keys.prefixEnd(index);
    List<KeyValue> rows = environment.await(transaction.getRange(index, end, MAX_DELETED + 1));
    if (rows.size() > MAX_DELETED) {
      throw TooLarge.delayed(address, MAX_DELETED);
    }
    if (rows.isEmpty()) {
      return;
    }
    for (KeyValue row : rows) {
      String key = keyOf(row.value());
      if (key != null) {
        records.prefetch(address, key);
      }
    }
    for (KeyValue row : rows) {
      Ticket ticket = ticketOf(address, index, row.key());
      if (ticket != null) {
        clearDue(transaction, ticket);
        String key = keyOf(row.value());
        if (key != null) {
          records.unschedule(address, key, ticket.text());
        }
      }
    }
    transaction.clear(index, end);
  }

  /**
   * Returns the idempotency key in an index value; null if there is none, or the value is damaged.
   */
  private static @Nullable String keyOf(byte[] value) {
    try {
      return value.length == 0 ? null : FlatTuple.decode(value, 0, value.length).getString(0);
    } catch (RuntimeException e) {
      return null;
    }
  }

  /**
   * Returns the ticket in an index key; null if the key is damaged: its message is dropped when it
   * is due.
   */
  private static @Nullable Ticket ticketOf(Address address, byte[] index, byte[] key) {
    try {
      Tuple tuple = Tuple.fromBytes(key, index.length, key.length - index.length);
      return new Ticket(address, tuple.getLong(0), new NodeId(tuple.getUUID(1)), tuple.getLong(2));
    } catch (RuntimeException e) {
      return null;
    }
  }

  /** Returns the first key of a shard that is due later than a time. */
  byte[] behind(String server, int shard, long due) {
    return Keys.join(layout.duePrefix(server, shard), Tuple.from(due + 1).pack());
  }

  /** Returns when the message that a key belongs to is due. */
  static long dueOf(byte[] shardPrefix, byte[] key) {
    return Tuple.fromBytes(key, shardPrefix.length, key.length - shardPrefix.length).getLong(0);
  }

  /** Returns the place in a key of a shard: the message, and the chunk. */
  static Place placeOf(byte[] shardPrefix, byte[] key) {
    Tuple tuple = Tuple.fromBytes(key, shardPrefix.length, key.length - shardPrefix.length);
    return new Place(tuple.getLong(0), tuple.getUUID(1), tuple.getLong(2), (int) tuple.getLong(3));
  }

  /** The place of a chunk in its shard. */
  record Place(long due, UUID node, long number, int chunk) {

    Ticket ticket(Address address) {
      return new Ticket(address, due, new NodeId(node), number);
    }
  }

  /**
   * The content of chunk 0.
   *
   * @param id the entity's id
   * @param chunks how many chunks follow
   */
  record Head(String id, int chunks) {

    static Head decode(byte[] value) {
      try {
        Tuple tuple = FlatTuple.decode(value, 0, value.length);
        return new Head(tuple.getString(0), (int) tuple.getLong(1));
      } catch (RuntimeException e) {
        throw new CodecException("a delayed message is damaged", e);
      }
    }
  }

  private byte[] dueKey(Ticket ticket) {
    Address address = ticket.address();
    return Keys.join(
        layout.duePrefix(address.server(), KeyLayout.shard(address.server(), address.id())),
        place(ticket));
  }

  private static byte[] indexKey(EntityKeys keys, Ticket ticket) {
    return Keys.join(keys.delayed(), place(ticket));
  }

  private static byte[] place(Ticket ticket) {
    return Tuple.from(ticket.due(), ticket.node().value(), ticket.number()).pack();
  }

  private static byte[] chunk(int number) {
    return Tuple.from(number).pack();
  }
}
