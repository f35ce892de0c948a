package io.dgen.internal.engine.later;

import io.dgen.codec.CodecException;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.LockRecord;
import io.dgen.internal.engine.format.Ticket;
import io.dgen.internal.engine.later.DelayedMessages.Head;
import io.dgen.internal.engine.later.DelayedMessages.Place;
import io.dgen.internal.engine.send.Push;
import io.dgen.internal.engine.tx.SetAside;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.store.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Moves due messages of one shard to the queues of their entities, in the order of time, node and
 * number. The index key of each message is read with a conflict and cleared, so that nothing else
 * moves or cancels it at the same time; hence the transaction may be repeated when its outcome is
 * unknown. Damaged messages are set aside, and hold up nothing.
 */
final class DelayMover {

  /**
   * More than the chunks of the largest message, so that a page holds at least one whole message.
   */
  private static final int PAGE = 200;

  private static final int MAX_BYTES = 1_000_000;

  private final KeyLayout layout;
  private final DelayedMessages delayed;
  private final Environment environment;
  private final String server;
  private final int shard;
  private final byte[] prefix;

  DelayMover(
      KeyLayout layout,
      DelayedMessages delayed,
      Environment environment,
      String server,
      int shard) {
    this.layout = layout;
    this.delayed = delayed;
    this.environment = environment;
    this.server = server;
    this.shard = shard;
    this.prefix = layout.duePrefix(server, shard);
  }

  /**
   * The result of a transaction.
   *
   * @param entities the entities whose queues got messages
   * @param next when the next message is due; null if there is none
   * @param damaged what was set aside
   */
  record Moved(Set<Address> entities, @Nullable Long next, SetAside damaged) {}

  /** Moves the first due messages. */
  Moved move(Transaction transaction) throws InterruptedException {
    long now = environment.now().toEpochMilli();
    byte[] future = delayed.behind(server, shard, now);
    var read = transaction.snapshot().getRange(prefix, future, PAGE);
    var following = transaction.snapshot().getRange(future, Keys.prefixEnd(prefix), 1);
    List<KeyValue> rows = environment.await(read);
    List<Due> messages = new ArrayList<>();
    SetAside damaged = new SetAside(layout);
    int row = 0;
    int bytes = 0;
    while (row < rows.size()) {
      Place place = placeOf(rows.get(row));
      int end = endOf(rows, row, place);
      List<KeyValue> chunks = rows.subList(row, end);
      int size = chunks.stream().mapToInt(each -> each.value().length).sum();
      // A message that reaches the end of the page may continue after it; the next page begins with
      // it.
      boolean whole = end < rows.size() || rows.size() < PAGE;
      if (row > 0 && (!whole || bytes + size > MAX_BYTES)) {
        break;
      }
      bytes += size;
      row = end;
      try {
        messages.add(due(transaction, place, chunks));
      } catch (CodecException e) {
        damaged.add(
            transaction, chunks, "of a delayed message of " + server + ": " + e.getMessage());
      }
    }
    Set<Address> entities = new LinkedHashSet<>();
    for (Due each : messages) {
      move(transaction, each, entities);
    }
    if (row < rows.size() || rows.size() == PAGE || !damaged.isEmpty()) {
      return new Moved(entities, now, damaged);
    }
    List<KeyValue> behind = environment.await(following);
    if (!behind.isEmpty() && placeOf(behind.getFirst()) == null) {
      damaged.add(transaction, behind, "of the delayed messages of " + server + ": its key");
      return new Moved(entities, now, damaged);
    }
    return new Moved(entities, behind.isEmpty() ? null : dueOf(behind.getFirst().key()), damaged);
  }

  /** Returns the place in the key of a row; null if the key is damaged. */
  private @Nullable Place placeOf(KeyValue row) {
    try {
      return DelayedMessages.placeOf(prefix, row.key());
    } catch (RuntimeException e) {
      return null;
    }
  }

  /** Returns where the chunks of a message end. */
  private int endOf(List<KeyValue> rows, int first, @Nullable Place place) {
    int end = first + 1;
    while (place != null && end < rows.size()) {
      Place next = placeOf(rows.get(end));
      if (next == null || next.number() != place.number() || !next.node().equals(place.node())) {
        break;
      }
      end++;
    }
    return end;
  }

  /**
   * A due message, and whether it is still wanted; if it has no content, work that is to be woken,
   * and the entity's lock.
   */
  private record Due(
      Ticket ticket, List<KeyValue> chunks, CompletableFuture<byte @Nullable []> index) {

    boolean isWaking() {
      return chunks.isEmpty();
    }
  }

  private Due due(Transaction transaction, @Nullable Place place, List<KeyValue> chunks) {
    if (place == null) {
      throw new CodecException("its key is damaged");
    }
    Head head = Head.decode(chunks.getFirst().value());
    if (place.chunk() != 0 || head.chunks() != chunks.size() - 1) {
      throw new CodecException("it has too few or too many chunks");
    }
    List<KeyValue> message = chunks.subList(1, chunks.size());
    Ticket ticket = place.ticket(new Address(server, head.id()));
    if (message.isEmpty()) {
      return new Due(ticket, message, transaction.get(layout.entity(server, head.id()).lock()));
    }
    String problem = Envelope.damage(Envelope.joined(message));
    if (problem != null) {
      throw new CodecException(problem);
    }
    return new Due(ticket, message, delayed.index(transaction, ticket));
  }

  private void move(Transaction transaction, Due due, Set<Address> entities)
      throws InterruptedException {
    byte[] found = environment.await(due.index());
    if (due.isWaking()) {
      wake(transaction, due.ticket(), found, entities);
      return;
    }
    boolean wanted = found != null;
    delayed.clear(transaction, due.ticket());
    if (!wanted) {
      return; // Its entity was killed.
    }
    Address address = due.ticket().address();
    List<byte[]> chunks = due.chunks().stream().map(KeyValue::value).toList();
    Push.writeOne(transaction, layout.entity(server, address.id()), chunks);
    entities.add(address);
  }

  /**
   * Lets sleeping work go on, if it still sleeps under this ticket: the lock is read with a
   * conflict, and whoever releases it or goes on writes it. The owner of the entity takes the lock.
   */
  private void wake(
      Transaction transaction, Ticket ticket, byte @Nullable [] lock, Set<Address> entities) {
    delayed.clearWaking(transaction, ticket);
    if (lock == null || !ticket.equals(sleepUnder(lock, ticket.address()))) {
      return;
    }
    EntityKeys keys = layout.entity(server, ticket.address().id());
    LockRecord.lease(transaction, keys, LockRecord.WOKEN);
    transaction.set(keys.ready, KeyLayout.NOTHING);
    transaction.mutate(MutationType.ADD, keys.bump, KeyLayout.one());
    entities.add(ticket.address());
  }

  /** Returns the ticket under which work sleeps; null if it does not, or its lock is damaged. */
  private static @Nullable Ticket sleepUnder(byte[] lock, Address address) {
    try {
      LockRecord.Sleep sleep = LockRecord.decode(lock).sleep();
      return sleep == null ? null : sleep.ticket(address);
    } catch (CodecException e) {
      return null;
    }
  }

  /**
   * Returns when the message that a key belongs to is due; at once if the key is damaged, so that
   * it is set aside.
   */
  long dueOf(byte[] key) {
    try {
      return DelayedMessages.dueOf(prefix, key);
    } catch (RuntimeException e) {
      return 0;
    }
  }
}
