package io.dgen.internal.engine;

import io.dgen.codec.Terms;
import io.dgen.internal.engine.KeyLayout.EntityKeys;
import io.dgen.store.MutationType;
import io.dgen.store.Transaction;
import java.util.List;

/**
 * Puts messages into an entity's queue. Blind: it reads nothing, so pushes never conflict with each
 * other. The order in the queue is the order of commits, and within one transaction that of the
 * list.
 */
final class Push {

  /** How many messages one transaction may push: their order has two bytes. */
  static final int MAX_MESSAGES = 1000;

  private static final byte[] EMPTY = {};

  private Push() {}

  static <M> Envelope envelope(Pending<M> pending, NodeId node, long sentAt) {
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
        new Envelope.Payload(payload));
  }

  static void write(Transaction transaction, EntityKeys keys, List<Envelope> messages) {
    for (int order = 0; order < messages.size(); order++) {
      List<byte[]> chunks = messages.get(order).chunks();
      for (int chunk = 0; chunk < chunks.size(); chunk++) {
        transaction.mutate(
            MutationType.SET_VERSIONSTAMPED_KEY, keys.pushKey(order, chunk), chunks.get(chunk));
      }
    }
    transaction.mutate(MutationType.ADD, keys.pushed, KeyLayout.littleEndian(messages.size()));
    transaction.set(keys.ready, EMPTY);
    transaction.mutate(MutationType.ADD, keys.bump, KeyLayout.one());
  }
}
