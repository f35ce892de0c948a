package io.dgen.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.dgen.store.MutationType;
import io.dgen.store.Store;
import io.dgen.store.local.LocalStore;
import io.dgen.store.memory.MemoryStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many small transactions the embedded store commits in a second, one after another and from 64
 * writers, beside a bare append with fdatasync, the floor of any durable store. A transaction reads
 * one key, writes it and adds to a counter.
 *
 * <p>The three are run in turn, several times, so that a disk that changes its pace changes them
 * all.
 */
public final class StoreBenchmark {

  private static final int ROUNDS = 3;
  private static final Duration ROUND = Duration.ofSeconds(3);
  private static final byte[] ONE = {1, 0, 0, 0, 0, 0, 0, 0};

  private StoreBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args the directory to work in; a temporary one if it is left out
   * @throws IOException if the directory cannot be used
   */
  public static void main(String[] args) throws IOException {
    Path directory = args.length > 0 ? Path.of(args[0]) : Files.createTempDirectory("dgen-store");
    Files.createDirectories(directory);
    try (Store disk = LocalStore.open(directory.resolve("store"));
        Store memory = MemoryStore.open()) {
      double fsync = 0;
      double sequential = 0;
      double concurrent = 0;
      double inMemory = 0;
      for (int round = 0; round < ROUNDS; round++) {
        fsync += fsyncs(directory.resolve("fsync"));
        sequential += commits(disk, 1);
        concurrent += commits(disk, 64);
        inMemory += commits(memory, 1);
      }
      print("bare append and fdatasync", fsync, fsync);
      print("store, one writer", sequential, fsync);
      print("store, 64 writers", concurrent, fsync);
      print("in memory, one writer", inMemory, fsync);
    }
  }

  private static void print(String what, double sum, double fsync) {
    System.out.printf(
        Locale.ROOT, "%-28s %10.0f /s   %8.2f x fsync%n", what, sum / ROUNDS, sum / fsync);
  }

  private static double fsyncs(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer record = ByteBuffer.allocate(150);
      long start = System.nanoTime();
      long count = 0;
      while (System.nanoTime() - start < ROUND.toNanos()) {
        channel.write(record.clear());
        channel.force(false);
        count++;
      }
      return perSecond(count, start);
    }
  }

  private static double commits(Store store, int writers) {
    LongAdder count = new LongAdder();
    long start = System.nanoTime();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int writer = 0; writer < writers; writer++) {
        String prefix = "writer/" + writer + "/";
        var unused =
            threads.submit(
                () -> {
                  for (int i = 0; System.nanoTime() - start < ROUND.toNanos(); i++) {
                    commit(store, (prefix + i % 1_000).getBytes(US_ASCII));
                    count.increment();
                  }
                });
      }
    }
    return perSecond(count.sum(), start);
  }

  private static void commit(Store store, byte[] key) {
    store.run(
        transaction -> {
          transaction.get(key).join();
          transaction.set(key, new byte[100]);
          transaction.mutate(MutationType.ADD, "counter".getBytes(US_ASCII), ONE);
          return true;
        });
  }

  private static double perSecond(long count, long start) {
    return count * 1e9 / (System.nanoTime() - start);
  }
}
