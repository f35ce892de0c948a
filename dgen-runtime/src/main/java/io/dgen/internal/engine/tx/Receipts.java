package io.dgen.internal.engine.tx;

import io.dgen.error.DgenClosedException;
import io.dgen.error.Effect;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.spi.Environment;
import io.dgen.store.Keys;
import io.dgen.store.Transaction;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Proof that a transaction committed, for rule 4: a node writes the number of each of its
 * transactions into a slot, and after {@code commit_unknown_result} reads it back.
 *
 * <p>A slot belongs to one transaction from its first attempt until its outcome is known, so its
 * content is conclusive. It is then reused: a node has as many slots as it ever had transactions in
 * flight at once; they are never cleared while it lives, and no other node writes them.
 *
 * <p>Every attempt reads its slot with a conflict, so that of two attempts at most one commits, and
 * none after a write to the slot: a commit whose result is unknown may still be in flight
 * (FoundationDB's {@code cluster_version_changed}), and is fenced off before it is given up.
 *
 * <p>The sentinel shows that the receipts have not been swept: a node that was presumed dead for
 * long finds it missing, or created again, and then knows that the outcome cannot be determined.
 */
public final class Receipts {

  private static final int SENTINEL = -1;

  private final KeyLayout layout;
  private final NodeId node;
  private final AtomicLong numbers = new AtomicLong();

  /** How often the sentinel was created. */
  private final AtomicLong generation = new AtomicLong();

  private final ArrayDeque<Integer> free = new ArrayDeque<>();
  private int slots;
  private volatile boolean closed;

  public Receipts(KeyLayout layout, NodeId node) {
    this.layout = layout;
    this.node = node;
  }

  /**
   * Creates the sentinel when the node joins, and again if it was swept or is damaged. May be
   * repeated. Conflicts if the node has left since the sentinel was read.
   *
   * @param sentinel the stored value, read with a conflict
   * @return the generation that is then stored, for {@link #opened}
   */
  public long open(Transaction transaction, byte @Nullable [] sentinel) {
    if (sentinel != null && sentinel.length == Long.BYTES) {
      return ByteBuffer.wrap(sentinel).getLong();
    }
    long next = generation.get() + 1;
    transaction.set(sentinelKey(layout, node), bytes(next));
    return next;
  }

  /** Records that the result of {@link #open} is committed. */
  public void opened(long stored) {
    generation.accumulateAndGet(stored, Math::max);
  }

  /**
   * Forbids new attempts and commits, since the node is about to leave: a later receipt would
   * belong to a node that no other node knows, and would never be swept.
   */
  public void close() {
    closed = true;
  }

  /**
   * Checks that the node is open: when an attempt begins, and again before it commits, when its
   * read version is known and its slot has a read conflict. If the check passes, the attempt has
   * read before the node left, and so conflicts with that.
   *
   * @throws DgenClosedException if the node is leaving
   */
  void requireOpen() {
    if (closed) {
      throw new DgenClosedException(
          "this Dgen was closed before a transaction committed; it will never commit", Effect.NONE);
    }
  }

  /** Returns the key that exists from the moment when a node joins until it leaves or is swept. */
  public static byte[] sentinelKey(KeyLayout layout, NodeId node) {
    return layout.receiptKey(node, SENTINEL);
  }

  /** Clears every receipt of a node that is gone. */
  public static void sweep(Transaction transaction, KeyLayout layout, NodeId node) {
    byte[] prefix = layout.receiptPrefix(node);
    transaction.clear(prefix, Keys.prefixEnd(prefix));
  }

  Receipt acquire() {
    int slot;
    synchronized (free) {
      Integer reused = free.pollLast();
      slot = reused == null ? slots++ : reused;
    }
    return new Receipt(slot, layout.receiptKey(node, slot), generation.get());
  }

  private static byte[] bytes(long number) {
    return KeyLayout.bigEndian(number);
  }

  /** The receipt of one transaction. */
  final class Receipt {

    private final int slot;
    private final byte[] key;
    private final long acquiredIn;

    /** The number of the current attempt. */
    private long number;

    private Receipt(int slot, byte[] key, long acquiredIn) {
      this.slot = slot;
      this.key = key;
      this.acquiredIn = acquiredIn;
    }

    /** Makes the receipt part of an attempt. */
    void write(Transaction transaction) {
      number = numbers.incrementAndGet();
      transaction.addReadConflictKey(key);
      transaction.set(key, bytes(number));
    }

    /**
     * Determines the outcome of the last attempt. If it has not committed, this ensures that it
     * never will. The result holds once the transaction, which may be repeated, is committed.
     */
    Fate settle(Transaction transaction, Environment environment) throws InterruptedException {
      var sentinelRead = transaction.get(sentinelKey(layout, node));
      var read = transaction.get(key);
      byte[] sentinel = environment.await(sentinelRead);
      if (!Arrays.equals(sentinel, bytes(acquiredIn))) {
        return Fate.UNKNOWN;
      }
      byte[] found = environment.await(read);
      if (Arrays.equals(found, bytes(number))) {
        return Fate.COMMITTED;
      }
      byte[] fence = bytes(-number);
      if (!Arrays.equals(found, fence)) {
        transaction.set(key, fence);
      }
      return Fate.NOT_COMMITTED;
    }

    /** Releases the slot, once no attempt can be in flight. */
    void release() {
      synchronized (free) {
        free.addLast(slot);
      }
    }
  }

  /** The outcome of a transaction. */
  enum Fate {
    COMMITTED,
    NOT_COMMITTED,
    UNKNOWN
  }
}
