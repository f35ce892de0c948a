package io.dgen.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.Store;
import io.dgen.store.local.LocalStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long it takes to read the head of a queue once a million items have been popped off it: from
 * the last popped key on, as the engine reads, and from the queue's first key on, which visits what
 * the pops left behind. Both also after the store was closed and opened again.
 */
public final class QueueHeadBenchmark {

  private static final int POPS = 1_000_000;
  private static final int PER_TRANSACTION = 500;
  private static final int QUEUED = 1_000;
  private static final int READS = 2_000;
  private static final byte[] QUEUE = "queue/".getBytes(US_ASCII);

  private QueueHeadBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args the directory to work in; a temporary one if it is left out
   * @throws IOException if the directory cannot be made
   */
  public static void main(String[] args) throws IOException {
    Path directory =
        args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("dgen-queue-head");
    try (Store store = LocalStore.open(directory)) {
      churn(store);
      report("warm", store);
    }
    try (Store store = LocalStore.open(directory)) {
      System.out.printf(
          Locale.ROOT, "%-32s first %8.1f us%n", "cold, from the last pop", readHead(store, POPS));
      report("cold", store);
    }
    try (Store store = LocalStore.open(directory)) {
      System.out.printf(
          Locale.ROOT, "%-32s first %8.1f us%n", "cold, from the first key", readHead(store, 0));
    }
  }

  /** Pushes at the tail and pops at the head, always about a thousand items apart. */
  private static void churn(Store store) {
    for (int done = -QUEUED; done < POPS; done += PER_TRANSACTION) {
      int from = done;
      store.run(
          transaction -> {
            for (int i = from; i < from + PER_TRANSACTION; i++) {
              transaction.set(item(i + QUEUED), new byte[100]);
              if (i >= 0) {
                transaction.clear(item(i));
              }
            }
            return true;
          });
    }
  }

  private static void report(String when, Store store) {
    for (int from : new int[] {POPS, 0}) {
      double[] micros = new double[READS];
      for (int i = 0; i < READS; i++) {
        micros[i] = readHead(store, from);
      }
      Arrays.sort(micros);
      System.out.printf(
          Locale.ROOT,
          "%-32s p50   %8.1f us   p99 %8.1f us   max %8.1f us%n",
          when + ", from the " + (from == 0 ? "first key" : "last pop"),
          micros[READS / 2],
          micros[READS * 99 / 100],
          micros[READS - 1]);
    }
  }

  /** Reads one item in a transaction of its own; returns the microseconds it took. */
  private static double readHead(Store store, int from) {
    long start = System.nanoTime();
    List<KeyValue> head =
        store.read(
            transaction -> transaction.getRange(item(from), Keys.prefixEnd(QUEUE), 1).join());
    double micros = (System.nanoTime() - start) / 1e3;
    if (!Arrays.equals(head.getFirst().key(), item(POPS))) {
      throw new IllegalStateException("the head is " + head.getFirst());
    }
    return micros;
  }

  private static byte[] item(int number) {
    return Keys.join(QUEUE, ByteBuffer.allocate(4).putInt(number).array());
  }
}
