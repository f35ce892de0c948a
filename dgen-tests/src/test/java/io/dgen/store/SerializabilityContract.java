package io.dgen.store;

import static io.dgen.store.StoreFixture.littleEndian;
import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.internal.testing.FaultInjectingStore;
import io.dgen.internal.testing.FaultInjectingStore.Faults;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Random transactions on several threads, checked against a model that runs them one after another
 * in the order of their versionstamps: each must have read exactly what the model holds at its
 * turn, and that order must agree with the order in which they ended and began.
 */
interface SerializabilityContract extends StoreFixture {

  int KEYS = 6;

  /** One committed transaction: when it began and ended, its stamp, what it read and wrote. */
  record Committed(
      long began, long ended, ByteBuffer stamp, List<String> reads, List<String> writes) {}

  @Test
  default void isStrictlySerializable() throws Exception {
    check(store());
  }

  /** The same if a commit may fail without reason, and whether it happened is not always known. */
  @Test
  default void isStrictlySerializableInSpiteOfUnknownResults() throws Exception {
    Faults faults = new Faults(0.1, 0.1, 0.1, 0, Duration.ofMillis(1));
    // Not closed: that would close the store of the other tests.
    check(
        new FaultInjectingStore(
            store(),
            faults,
            new Random(5),
            (task, delay) -> {
              throw new IllegalStateException("no commit is held up");
            }));
  }

  private void check(Store store) throws Exception {
    ConcurrentLinkedQueue<Committed> history = new ConcurrentLinkedQueue<>();
    AtomicLong clock = new AtomicLong();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> workers = new ArrayList<>();
      for (int thread = 0; thread < 64; thread++) {
        Random random = new Random(thread);
        workers.add(
            threads.submit(
                () -> {
                  for (int i = 0; i < 6; i++) {
                    history.add(runOne(store, random, clock));
                  }
                }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    }
    List<Committed> inOrder =
        history.stream()
            .sorted(Comparator.comparing(each -> each.stamp().array(), Arrays::compareUnsigned))
            .toList();
    NavigableMap<String, String> model = new TreeMap<>();
    long latestBegin = 0;
    for (Committed each : inOrder) {
      assertThat(each.ended())
          .as("it must not come after one that began when it had ended")
          .isGreaterThan(latestBegin);
      latestBegin = Math.max(latestBegin, each.began());
      replay(each, model);
    }
    try (Transaction transaction = store().createTransaction()) {
      assertThat(read(transaction, "")).isEqualTo(all(model));
    }
  }

  private Committed runOne(Store store, Random random, AtomicLong clock) {
    long began = clock.incrementAndGet();
    int seed = random.nextInt();
    byte[] receipt = key("~" + UUID.randomUUID());
    List<String> reads = new ArrayList<>();
    List<String> writes = new ArrayList<>();
    try (Transaction transaction = store.createTransaction()) {
      while (true) {
        try {
          reads.clear();
          writes.clear();
          Random choices = new Random(seed);
          for (int step = 0; step < 4; step++) {
            step(transaction, choices, reads, writes);
          }
          transaction.mutate(
              MutationType.SET_VERSIONSTAMPED_VALUE,
              receipt,
              StoreFixture.stamped(new byte[0], new byte[0]));
          transaction.commit().join();
        } catch (CompletionException e) {
          transaction.onError(StoreFixture.cause(e)).join();
        }
        // After an unknown result this tells what became of the commit.
        byte[] stamp = store().read(reading -> reading.get(receipt).join());
        if (stamp != null) {
          return new Committed(
              began, clock.incrementAndGet(), ByteBuffer.wrap(stamp), reads, writes);
        }
      }
    }
  }

  private void step(
      Transaction transaction, Random choices, List<String> reads, List<String> writes) {
    String name = "" + choices.nextInt(KEYS);
    switch (choices.nextInt(6)) {
      case 0 -> {
        transaction.mutate(MutationType.ADD, key(name), littleEndian(1));
        writes.add("add " + name);
        reads.add("");
      }
      case 1 -> {
        long number = choices.nextInt(1_000_000);
        transaction.set(key(name), littleEndian(number));
        writes.add("set " + name + " " + number);
        reads.add("");
      }
      case 2 -> {
        transaction.clear(key(name), key(name + "~"));
        writes.add("clear " + name);
        reads.add("");
      }
      case 3 -> {
        reads.add(read(transaction, ""));
        writes.add("read");
      }
      default -> {
        reads.add(read(transaction, name));
        writes.add("read " + name);
      }
    }
  }

  private void replay(Committed each, NavigableMap<String, String> model) {
    for (int i = 0; i < each.writes().size(); i++) {
      String[] words = each.writes().get(i).split(" ", -1);
      switch (words[0]) {
        case "add" -> model.merge(words[1], "1", (a, b) -> "" + (Long.parseLong(a) + 1));
        case "set" -> model.put(words[1], words[2]);
        case "clear" -> model.remove(words[1]);
        default ->
            assertThat(each.reads().get(i))
                .isEqualTo(
                    words.length == 1
                        ? all(model)
                        : model.containsKey(words[1]) ? words[1] + "=" + model.get(words[1]) : "");
      }
    }
  }

  /** Reads one key, or all if the name is empty. */
  private String read(Transaction transaction, String name) {
    if (name.isEmpty()) {
      return String.join(
          ",",
          transaction.getRange(key(""), key("~"), 0).join().stream()
              .map(pair -> name(pair.key()) + "=" + number(pair.value()))
              .toList());
    }
    byte[] value = transaction.get(key(name)).join();
    return value == null ? "" : name + "=" + number(value);
  }

  private static String all(NavigableMap<String, String> model) {
    return String.join(
        ",",
        model.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue()).toList());
  }

  private static long number(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }
}
