package io.dgen.internal.engine.send;

import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.term.Terms;
import io.dgen.store.MutationType;
import io.dgen.store.Transaction;
import java.util.List;

/**
 * Puts messages into an entity's queue. The writes are blind: they read nothing, so pushes never
 * conflict with each other. The order in the queue is the order of commits, and within one
 * transaction that of the list.
 */
public final class Push {

  /** The most messages of a lane that one transaction pushes. */
  public static final int MAX_MESSAGES = 1000;

  /**
   * The approximate overhead of a message, in addition to its record: keys, header, conflict
   * ranges.
   */
  public static final int OVERHEAD = 400;

  /** Header, versionstamp, and what the store counts for a key and its conflict range. */
  private static final int LEAST_OVERHEAD = 140;

  private Push() {}

  public static <M> Envelope envelope(Pending<M> pending, NodeId node, long sentAt) {
    byte[] payload = Terms.encode(out -> pending.codec.write(pending.message, out));
    return new Envelope(
        pending.codec.name(pending.message),
        pending.kind,
        pending.isCall() ? node : null,
        pending.call,
        sentAt,
        0,
        0,
        "",
        pending.delivery.idempotencyKey(),
        "",
        0,
        false,
        pending.isCall() ? pending.patienceMicros() : 0,
        false,
        "",
        null,
        new Envelope.Payload(payload));
  }

  /**
   * Returns the least that one message adds to a transaction, in addition to its payload: so large
   * that a transaction is full before it runs out of numbers for its messages.
   */
  public static int leastOverhead(EntityKeys keys) {
    return 3 * keys.queue.length + LEAST_OVERHEAD;
  }

  public static void write(Transaction transaction, EntityKeys keys, List<Envelope> messages) {
    for (Envelope message : messages) {
      writeChunks(transaction, keys, message.chunks());
    }
    count(transaction, keys, messages.size());
  }

  /**
   * Pushes one message.
   *
   * @return its versionstamp in its form before the commit: ten zero bytes and its user version
   */
  public static byte[] writeOne(Transaction transaction, EntityKeys keys, Envelope message) {
    int order = writeChunks(transaction, keys, message.chunks());
    count(transaction, keys, 1);
    return KeyLayout.incompleteStamp(order);
  }

  /** Pushes one message that is already in chunks. */
  public static void writeOne(Transaction transaction, EntityKeys keys, List<byte[]> chunks) {
    writeChunks(transaction, keys, chunks);
    count(transaction, keys, 1);
  }

  /** Replaces a message in its place in the queue. */
  public static void rewrite(
      Transaction transaction, EntityKeys keys, byte[] stamp, Envelope message) {
    List<byte[]> chunks = message.chunks();
    for (int chunk = 0; chunk < chunks.size(); chunk++) {
      transaction.set(keys.queueKey(stamp, chunk), chunks.get(chunk));
    }
    transaction.clear(keys.queueKey(stamp, chunks.size()), keys.behind(stamp));
  }

  /** Pushes messages that are already encoded. */
  public static void writeEncoded(Transaction transaction, EntityKeys keys, List<byte[]> messages) {
    for (byte[] message : messages) {
      writeChunks(transaction, keys, Envelope.cut(message));
    }
    count(transaction, keys, messages.size());
  }

  private static int writeChunks(Transaction transaction, EntityKeys keys, List<byte[]> chunks) {
    int order = transaction.claimUserVersion();
    for (int chunk = 0; chunk < chunks.size(); chunk++) {
      transaction.mutate(
          MutationType.SET_VERSIONSTAMPED_KEY, keys.pushKey(order, chunk), chunks.get(chunk));
    }
    return order;
  }

  private static void count(Transaction transaction, EntityKeys keys, int messages) {
    transaction.mutate(MutationType.ADD, keys.pushed, KeyLayout.littleEndian(messages));
    transaction.set(keys.ready, KeyLayout.NOTHING);
    transaction.mutate(MutationType.ADD, keys.bump, KeyLayout.one());
  }
}
