package io.dgen.internal.engine;

import io.dgen.store.Keys;
import io.dgen.store.ReadTransaction;
import io.dgen.store.Transaction;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Proof that a transaction committed, for rule 4: a node writes the number of each of its
 * transactions into a slot of its own, and after {@code commit_unknown_result} reads it back.
 *
 * <p>A slot belongs to one transaction from its first attempt until its outcome is known, so what
 * is in it decides. It is then used again: the keys of a node are as many as its transactions were
 * in flight at once, they are never cleared while it lives, and no other node writes them. The
 * sentinel says that they have not been swept: a node that was thought dead for long finds it
 * missing and then knows that it cannot know.
 */
final class Receipts {

  private static final int SENTINEL = -1;
  private static final byte[] PRESENT = {1};

  private final KeyLayout layout;
  private final NodeId node;
  private final AtomicLong numbers = new AtomicLong();
  private final ArrayDeque<Integer> free = new ArrayDeque<>();
  private int slots;

  Receipts(KeyLayout layout, NodeId node) {
    this.layout = layout;
    this.node = node;
  }

  /** Makes the sentinel, once, when the node joins. */
  void open(Transaction transaction) {
    transaction.set(sentinelKey(layout, node), PRESENT);
  }

  /** The key that is there from the moment that a node joins until it leaves or is swept. */
  static byte[] sentinelKey(KeyLayout layout, NodeId node) {
    return layout.receiptKey(node, SENTINEL);
  }

  /** Clears every receipt of a node that is gone. */
  static void sweep(Transaction transaction, KeyLayout layout, NodeId node) {
    byte[] prefix = layout.receiptPrefix(node);
    transaction.clear(prefix, Keys.prefixEnd(prefix));
  }

  Receipt acquire() {
    int slot;
    synchronized (free) {
      Integer reused = free.pollLast();
      slot = reused == null ? slots++ : reused;
    }
    byte[] number = ByteBuffer.allocate(Long.BYTES).putLong(numbers.incrementAndGet()).array();
    return new Receipt(slot, layout.receiptKey(node, slot), number);
  }

  /** The receipt of one transaction. */
  final class Receipt {

    private final int slot;
    private final byte[] key;
    private final byte[] number;

    private Receipt(int slot, byte[] key, byte[] number) {
      this.slot = slot;
      this.key = key;
      this.number = number;
    }

    /** Makes the receipt part of a transaction. */
    void write(Transaction transaction) {
      transaction.set(key, number);
    }

    /** What became of the transaction, read after its outcome is settled. */
    CompletableFuture<Fate> fate(ReadTransaction transaction) {
      CompletableFuture<byte[]> sentinel =
          transaction
              .get(layout.receiptKey(node, SENTINEL))
              .thenApply(v -> v == null ? new byte[0] : v);
      return transaction
          .get(key)
          .thenCombine(
              sentinel,
              (found, present) -> {
                if (present.length == 0) {
                  return Fate.UNKNOWN;
                }
                return Arrays.equals(found, number) ? Fate.COMMITTED : Fate.NOT_COMMITTED;
              });
    }

    /** Gives the slot back, once no attempt can be in flight. */
    void release() {
      synchronized (free) {
        free.addLast(slot);
      }
    }
  }

  /** What became of a transaction. */
  enum Fate {
    COMMITTED,
    NOT_COMMITTED,
    UNKNOWN
  }
}
