package io.dgen.internal.engine;

import io.dgen.codec.CodecException;
import io.dgen.internal.engine.Activations.Address;
import io.dgen.internal.engine.DelayedMessages.Head;
import io.dgen.internal.engine.DelayedMessages.Place;
import io.dgen.spi.Environment;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.Transaction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves what is due of one shard to the queues of its entities, in the order of time, node and
 * number. The index key of each message is read with a conflict and cleared, so that nobody moves
 * or cancels it at the same time; and so the transaction may be repeated when its outcome is
 * unknown.
 */
final class DueMessages {

  private static final Logger LOG = LoggerFactory.getLogger(DueMessages.class);

  /** More than the chunks of the largest message, so that a page holds at least one whole. */
  private static final int PAGE = 200;

  private static final int MAX_BYTES = 1_000_000;

  private final KeyLayout layout;
  private final DelayedMessages delayed;
  private final Environment environment;
  private final String server;
  private final int shard;
  private final byte[] prefix;

  DueMessages(
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
   * What a transaction moved.
   *
   * @param entities whose queues got messages
   * @param next when the next message is due; null if there is none
   */
  record Moved(Set<Address> entities, @Nullable Long next) {}

  /** Moves the first messages that are due. */
  Moved move(Transaction transaction) throws InterruptedException {
    long now = environment.now().toEpochMilli();
    byte[] future = delayed.behind(server, shard, now);
    var read = transaction.snapshot().getRange(prefix, future, PAGE);
    var following = transaction.snapshot().getRange(future, Keys.prefixEnd(prefix), 1);
    List<KeyValue> rows = environment.await(read);
    List<Due> messages = new ArrayList<>();
    int row = 0;
    int bytes = 0;
    while (row < rows.size()) {
      Place place = DelayedMessages.placeOf(prefix, rows.get(row).key());
      int end = endOf(rows, row, place);
      List<KeyValue> chunks = rows.subList(row, end);
      int size = chunks.stream().mapToInt(each -> each.value().length).sum();
      // One that reaches the end of the page may go on behind it; the next page begins with it.
      boolean whole = end < rows.size() || rows.size() < PAGE;
      if (row > 0 && (!whole || bytes + size > MAX_BYTES)) {
        break;
      }
      bytes += size;
      row = end;
      Due due = due(transaction, place, chunks);
      if (due != null) {
        messages.add(due);
      }
    }
    Set<Address> entities = new LinkedHashSet<>();
    for (Due each : messages) {
      move(transaction, each, entities);
    }
    boolean more = row < rows.size() || (rows.size() == PAGE && !messages.isEmpty());
    if (more) {
      return new Moved(entities, now);
    }
    List<KeyValue> behind = environment.await(following);
    return new Moved(entities, behind.isEmpty() ? null : dueOf(behind.getFirst().key()));
  }

  /** Where the chunks of a message end. */
  private int endOf(List<KeyValue> rows, int first, Place place) {
    int end = first + 1;
    while (end < rows.size()) {
      Place next = DelayedMessages.placeOf(prefix, rows.get(end).key());
      if (next.number() != place.number() || !next.node().equals(place.node())) {
        break;
      }
      end++;
    }
    return end;
  }

  /** A message that is due, and whether it is still wanted. */
  private record Due(
      Ticket ticket, List<KeyValue> chunks, CompletableFuture<byte @Nullable []> index) {}

  private @Nullable Due due(Transaction transaction, Place place, List<KeyValue> chunks) {
    Head head;
    try {
      head = Head.decode(chunks.getFirst().value());
      if (place.chunk() != 0 || head.chunks() != chunks.size() - 1) {
        throw new CodecException("a delayed message lacks chunks");
      }
    } catch (CodecException e) {
      // Left where it is: nobody knows whose it was. It holds up no other.
      LOG.error("skipping the delayed message at {}", place, e);
      return null;
    }
    Ticket ticket = place.ticket(new Address(server, head.id()));
    return new Due(ticket, chunks.subList(1, chunks.size()), delayed.index(transaction, ticket));
  }

  private void move(Transaction transaction, Due due, Set<Address> entities)
      throws InterruptedException {
    boolean wanted = environment.await(due.index()) != null;
    delayed.clear(transaction, due.ticket());
    if (!wanted) {
      return; // Its entity was killed.
    }
    Address address = due.ticket().address();
    List<byte[]> chunks = due.chunks().stream().map(KeyValue::value).toList();
    Push.writeOne(transaction, layout.entity(server, address.id()), chunks);
    entities.add(address);
  }

  /** When the message that a key belongs to is due. */
  long dueOf(byte[] key) {
    return DelayedMessages.dueOf(prefix, key);
  }
}
