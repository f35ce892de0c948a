package io.dgen.store.serializability;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dgen.store.KeySelector;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A number of random transactions on one store, whose history is checked in the end. Thread-safe.
 */
public final class Workload {

  private static final byte[] END = {(byte) 0xFE};

  private final int size;
  private final List<Recorded> transactions = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final AtomicLong events = new AtomicLong();
  private final State initial = new State();

  /**
   * Makes a workload.
   *
   * @param size how many transactions it has
   */
  public Workload(int size) {
    this.size = size;
  }

  /**
   * Writes what is never changed.
   *
   * @param store an empty store
   * @param await waits for a future
   */
  public void prepare(Store store, Consumer<CompletableFuture<?>> await) {
    try (Transaction transaction = store.createTransaction()) {
      for (String name : List.of("a0", "a1", "a2", "a3", "z0", "z1", "z2", "z3")) {
        Write write = new Write(Write.Kind.SET, name.getBytes(UTF_8), name.getBytes(UTF_8));
        write.carryOut(transaction);
        initial.apply(write, new byte[] {});
      }
      CompletableFuture<Void> commit = transaction.commit();
      await.accept(commit);
      commit.join();
    }
  }

  /**
   * Makes a client.
   *
   * @param random what it does
   * @param leaves whether it sometimes leaves a commit under way
   * @return the client
   */
  public Client client(Random random, boolean leaves) {
    return new Client(this, random, events::incrementAndGet, leaves);
  }

  /**
   * Checks what happened. No client has a transaction open.
   *
   * @param store the store, perhaps opened again
   * @return what is wrong, in words; empty if nothing is
   */
  public List<String> check(Store store) {
    List<KeyValue> rows;
    try (Transaction transaction = store.createTransaction()) {
      rows =
          transaction
              .getRange(
                  KeySelector.firstGreaterOrEqual(new byte[] {}),
                  KeySelector.firstGreaterOrEqual(END),
                  0,
                  false)
              .join();
    }
    Map<Integer, byte[]> stamps = new HashMap<>();
    StringBuilder last = new StringBuilder();
    for (KeyValue row : rows) {
      State.row(last, row.key(), row.value());
      if (row.key()[0] == 'm') {
        stamps.put(
            Integer.valueOf(new String(row.key(), 1, row.key().length - 1, UTF_8)), row.value());
      }
    }
    synchronized (this) {
      for (Recorded each : transactions) {
        if (each.outcome == Recorded.Outcome.UNKNOWN) {
          count(stamps.containsKey(each.id) ? "unknown, happened" : "unknown, did not happen");
        }
      }
      return new Checker(initial).check(transactions, stamps, last.toString());
    }
  }

  /**
   * How often each thing happened.
   *
   * @return the counts, by name
   */
  public synchronized Map<String, Integer> counts() {
    return Map.copyOf(counts);
  }

  /**
   * Counts something.
   *
   * @param what its name
   */
  public synchronized void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  /**
   * Whether all transactions have begun.
   *
   * @return true if none is left
   */
  public synchronized boolean isExhausted() {
    return transactions.size() == size;
  }

  synchronized @Nullable Recorded next() {
    if (transactions.size() == size) {
      return null;
    }
    Recorded next = new Recorded(transactions.size());
    transactions.add(next);
    return next;
  }

  /** The write by which a transaction leaves its versionstamp. */
  Write marker(int id) {
    return new Write(
        Write.Kind.STAMPED_VALUE, ("m" + id).getBytes(UTF_8), Keys.join(new byte[10], new byte[4]));
  }
}
