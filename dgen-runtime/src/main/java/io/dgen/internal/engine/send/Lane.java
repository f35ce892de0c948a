package io.dgen.internal.engine.send;

import io.dgen.Bounds;
import io.dgen.error.Effect;
import io.dgen.error.MessageTooLargeException;
import io.dgen.error.OverloadedException;
import java.util.AbstractCollection;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages to one entity that wait in this node's memory, in order and within {@link Bounds}. A
 * message that is too large for the queue is refused here already: whether it goes there is decided
 * later, and must make no difference to its sender. Not thread-safe: the activation guards it.
 */
public final class Lane<M> extends AbstractCollection<Pending<M>> {

  private static final String WAIT =
      ". Wait until some of the earlier messages are done, or raise the bound with"
          + " DgenOptions.withBounds";

  private final Bounds bounds;
  private final MemoryBudget room;
  private final int maxMessageBytes;
  private final ArrayDeque<Pending<M>> messages = new ArrayDeque<>();
  private long bytes;

  /**
   * Creates an empty lane.
   *
   * @param room the budget shared by all lanes of the node
   * @param maxMessageBytes the most bytes of one message's term
   */
  public Lane(Bounds bounds, MemoryBudget room, int maxMessageBytes) {
    this.bounds = bounds;
    this.room = room;
    this.maxMessageBytes = maxMessageBytes;
  }

  /**
   * Accepts a message.
   *
   * @throws MessageTooLargeException if no queue can hold it
   * @throws OverloadedException if there is no room for it
   */
  public void offer(Pending<M> pending) {
    check(pending);
    checkRoom(pending, 1, pending.size);
    addLast(pending);
  }

  /** Accepts all messages or none, as {@link #offer} does. */
  public void offerAll(List<Pending<M>> batch) {
    long total = 0;
    for (Pending<M> pending : batch) {
      check(pending);
      total += pending.size;
    }
    checkRoom(batch.getFirst(), batch.size(), total);
    batch.forEach(this::addLast);
  }

  private void check(Pending<M> pending) {
    if (pending.size > maxMessageBytes) {
      throw new MessageTooLargeException(
          pending.describe()
              + " has "
              + pending.size
              + " bytes, more than the "
              + maxMessageBytes
              + " that a message to this entity may have; it was not sent. Send a reference"
              + " to the data, or split it",
          Effect.NONE);
    }
  }

  private void checkRoom(Pending<M> first, int count, long size) {
    if (messages.size() + count > bounds.laneMessages()) {
      throw overloaded(
          first, messages.size() + " messages", "Bounds.laneMessages is " + bounds.laneMessages());
    }
    if (bytes + size > bounds.laneBytes()) {
      throw overloaded(
          first, bytes + " bytes of messages", "Bounds.laneBytes is " + bounds.laneBytes());
    }
    if (!room.take(size + (long) count * MemoryBudget.OVERHEAD)) {
      throw new OverloadedException(
          first.describe()
              + " was refused: "
              + room.taken()
              + " bytes of messages to all entities wait in this node's memory, and"
              + " Bounds.nodeBytes is "
              + bounds.nodeBytes()
              + WAIT);
    }
  }

  private static OverloadedException overloaded(Pending<?> pending, String waiting, String bound) {
    return new OverloadedException(
        pending.describe()
            + " was refused: "
            + waiting
            + " to this entity wait in this node's memory, and "
            + bound
            + WAIT);
  }

  private void addLast(Pending<M> pending) {
    messages.addLast(pending);
    bytes += pending.size;
  }

  /**
   * Puts the messages back that were the first, in their order. They were checked when they were
   * accepted.
   */
  public void putBack(List<Pending<M>> first) {
    for (int i = first.size() - 1; i >= 0; i--) {
      Pending<M> pending = first.get(i);
      messages.addFirst(pending);
      bytes += pending.size;
      room.takeBack(pending.size + MemoryBudget.OVERHEAD);
    }
  }

  public Pending<M> removeFirst() {
    Pending<M> first = messages.removeFirst();
    bytes -= first.size;
    room.giveBack(first.size + MemoryBudget.OVERHEAD);
    return first;
  }

  public @Nullable Pending<M> peekFirst() {
    return messages.peekFirst();
  }

  public @Nullable Pending<M> peekLast() {
    return messages.peekLast();
  }

  @Override
  public void clear() {
    room.giveBack(bytes + (long) messages.size() * MemoryBudget.OVERHEAD);
    messages.clear();
    bytes = 0;
  }

  @Override
  public int size() {
    return messages.size();
  }

  @Override
  public Iterator<Pending<M>> iterator() {
    return messages.iterator();
  }
}
