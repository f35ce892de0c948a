package io.dgen.tests.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.Store;
import io.dgen.store.local.LocalStore;
import io.dgen.tests.harness.CountingEnvironment;
import io.dgen.tests.harness.DistantStore;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.Wire;
import io.dgen.tests.servers.CountersClient;
import io.dgen.tests.servers.CountersServer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A million entities that were touched once and are idle cost a node nothing but keys: two for
 * each. It takes minutes, and a heap that could not hold them: {@code mvn -Pmillion test}.
 */
@Tag("million")
class MillionEntitiesTest {

  private static final int ENTITIES = Integer.getInteger("dgen.entities", 1_000_000);

  /** So many come before the first reading: what a node remembers of idle ones is full then. */
  private static final int BEFORE = 2 * DgenOptions.DEFAULT.maxActivations();

  /** One of so many is touched from the other node, through its queue. */
  private static final int THROUGH_QUEUE = 20;

  /** Five bytes for each entity: one that left anything in memory would cost more. */
  private static final long MOST_GROWTH = 5_000_000;

  private static final int WINDOW = 2_000;
  private static final int PAGE = 20_000;
  private static final int SHARDS = 64;

  @TempDir Path directory;

  @Test
  @Timeout(1200)
  void aMillionIdleEntitiesCostANodeNothing() throws InterruptedException {
    try (Store local = LocalStore.open(directory);
        CountingEnvironment environment = new CountingEnvironment()) {
      DistantStore store = new DistantStore(local, new Wire());
      DgenOptions options =
          DgenOptions.builder().closeStore(false).timeout(Duration.ofMinutes(5)).build();
      try (Dgen owner = Dgen.open(store, options.toBuilder().environment(environment).build());
          Dgen other = Dgen.open(local, options.toBuilder().maxActivations(100).build())) {
        owner.host(CountersServer.of());
        touch(owner, other, 0, BEFORE);
        awaitIdle(local, environment);
        Usage before = Usage.read("before");
        touch(owner, other, BEFORE, BEFORE + ENTITIES);
        awaitIdle(local, environment);
        Usage after = Usage.read("after");

        assertThat(after.heap() - before.heap()).as("bytes of heap").isLessThan(MOST_GROWTH);
        assertThat(after.threads() - before.threads()).as("platform threads").isLessThan(16);
        assertThat(store.watches())
            .as("watches: shards, mailbox and queries")
            .isEqualTo(SHARDS + 2);
        assertThat(environment.timers()).as("timers: polls and few more").isLessThan(SHARDS + 10);
        Map<KeyKind, Integer> keys = count(local, options.root());
        System.out.println("keys: " + keys);
        assertThat(keys)
            .as("two keys for each entity, and those of the nodes")
            .containsEntry(KeyKind.META, BEFORE + ENTITIES)
            .containsEntry(KeyKind.STATE, BEFORE + ENTITIES)
            .containsEntry(KeyKind.NODE, 2)
            .containsOnlyKeys(
                KeyKind.META, KeyKind.STATE, KeyKind.BUMP, KeyKind.NODE, KeyKind.RECEIPT);
        Random random = new Random(1);
        for (int i = 0; i < 1000; i++) {
          int number = random.nextInt(BEFORE + ENTITIES);
          assertThat(entity(owner, number).value()).as("of entity %s", number).isEqualTo(number);
        }
      }
    }
  }

  /** What the process has. */
  private record Usage(long heap, int threads) {

    static Usage read(String when) {
      long heap = Long.MAX_VALUE;
      for (int i = 0; i < 5; i++) {
        System.gc();
        long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        System.out.printf(Locale.ROOT, "%s: %,d bytes of heap%n", when, used);
        heap = Math.min(heap, used);
      }
      return new Usage(heap, ManagementFactory.getThreadMXBean().getThreadCount());
    }
  }

  private static CountersClient entity(Dgen node, int number) {
    return CountersClient.of(node, "entity-" + number);
  }

  /** Sends one message to each entity, with not too many under way. */
  private static void touch(Dgen owner, Dgen other, int from, int to) throws InterruptedException {
    Semaphore window = new Semaphore(WINDOW);
    AtomicReference<@Nullable Throwable> problem = new AtomicReference<>();
    for (int number = from; number < to; number++) {
      window.acquire();
      var unused =
          entity(number % THROUGH_QUEUE == 0 ? other : owner, number)
              .addAsync(number)
              .whenComplete(
                  (done, error) -> {
                    if (error != null) {
                      problem.set(error);
                    }
                    window.release();
                  });
    }
    window.acquire(WINDOW);
    assertThat(problem.get()).isNull();
  }

  /** Waits until no message and no thread is left. */
  private static void awaitIdle(Store store, CountingEnvironment environment) {
    byte[] ready = KeyKind.READY.prefix(DgenOptions.DEFAULT.root());
    await()
        .atMost(5, TimeUnit.MINUTES)
        .until(
            () ->
                store
                        .read(
                            transaction ->
                                transaction.getRange(ready, Keys.prefixEnd(ready), 1).join())
                        .isEmpty()
                    && environment.threads() == 0);
  }

  private static Map<KeyKind, Integer> count(Store store, String root) {
    Map<KeyKind, Integer> found = new EnumMap<>(KeyKind.class);
    byte[] prefix = root.getBytes(StandardCharsets.UTF_8);
    byte[] end = Keys.prefixEnd(prefix);
    byte[] begin = prefix;
    List<KeyValue> page;
    do {
      byte[] from = begin;
      page = store.read(transaction -> transaction.getRange(from, end, PAGE).join());
      for (KeyValue row : page) {
        found.merge(KeyKind.of(row.key(), prefix.length), 1, Integer::sum);
      }
      if (!page.isEmpty()) {
        begin = Keys.after(page.getLast().key());
      }
    } while (page.size() == PAGE);
    return found;
  }
}
