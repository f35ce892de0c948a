package io.dgen.internal.engine.shards;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.internal.engine.cluster.ShardLook;
import io.dgen.internal.engine.format.EntityKeys;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.Shard;
import io.dgen.internal.engine.tx.WatchLoop;
import io.dgen.internal.engine.work.FairScheduler;
import io.dgen.internal.engine.work.SystemEnvironment;
import io.dgen.spi.Environment;
import io.dgen.store.MutationType;
import io.dgen.store.Store;
import io.dgen.store.memory.MemoryStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A shard in which more is ready than one page of a scan. */
final class ShardScanTest {

  private static final String SERVER = "Server";
  private static final int SHARD = 7;

  /** No poll comes to the rescue. */
  private static final Duration NEVER = Duration.ofHours(1);

  private final Store store = MemoryStore.open();
  private final SystemEnvironment environment = new SystemEnvironment();
  private final KeyLayout layout = new KeyLayout("test".getBytes(UTF_8));
  private final ConcurrentLinkedQueue<String> signalled = new ConcurrentLinkedQueue<>();

  /** Ids of the shard, in their order. */
  private final List<String> ids = new ArrayList<>();

  ShardScanTest() {
    for (int i = 0; ids.size() < 3 * ShardScan.PAGE; i++) {
      String id = "%06d".formatted(i);
      if (KeyLayout.shard(SERVER, id) == SHARD) {
        ids.add(id);
      }
    }
  }

  @AfterEach
  void close() {
    environment.close();
    store.close();
  }

  /** An environment without timers. */
  private record Timeless(Environment environment) implements Environment {

    @Override
    public long nanoTime() {
      return environment.nanoTime();
    }

    @Override
    public Instant now() {
      return environment.now();
    }

    @Override
    public RandomGenerator random() {
      return environment.random();
    }

    @Override
    public void execute(Runnable task) {
      environment.execute(task);
    }

    @Override
    public void executeUserCode(Runnable task) {
      environment.executeUserCode(task);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
      return () -> {};
    }

    @Override
    public <T> T await(CompletableFuture<T> future) throws InterruptedException {
      return environment.await(future);
    }
  }

  private void makeReady(List<String> which) {
    store.run(
        transaction -> {
          for (String id : which) {
            EntityKeys keys = layout.entity(SERVER, id);
            transaction.set(keys.ready, new byte[0]);
            transaction.mutate(MutationType.ADD, keys.bump, KeyLayout.one());
          }
          return true;
        });
  }

  private WatchLoop start(FairScheduler turns, ShardConsumers.Signal signal) {
    WatchLoop loop =
        new WatchLoop(
            "the test",
            store,
            environment,
            environment::execute,
            layout.bumpKey(SERVER, SHARD),
            NEVER,
            new ShardScan(
                layout,
                environment,
                turns,
                signal,
                scan -> bump -> {},
                new Shard(SERVER, SHARD),
                new ShardLook(true, Set.of(), true)));
    loop.start();
    return loop;
  }

  @Test
  void everyPageIsFoundOnceAndThenTheWatchTells() {
    makeReady(ids.subList(1, ids.size()));
    WatchLoop loop =
        start(new FairScheduler(1, environment), (address, ended) -> signalled.add(address.id()));
    await().until(() -> signalled.size() >= ids.size() - 1);
    assertThat(signalled).containsExactlyElementsOf(ids.subList(1, ids.size()));
    signalled.clear();
    makeReady(ids.subList(0, 1));
    await().until(() -> signalled.contains(ids.getFirst()));
    loop.stop();
  }

  /** It becomes ready before the place that the scan has reached, and before the watch is made. */
  @Test
  void whatBecomesReadyBehindTheScanIsFound() {
    makeReady(ids.subList(1, ids.size()));
    String ofSecondPage = ids.get(ShardScan.PAGE + 1);
    WatchLoop loop =
        start(
            new FairScheduler(1, environment),
            (address, ended) -> {
              if (address.id().equals(ofSecondPage) && !signalled.contains(ids.getFirst())) {
                makeReady(ids.subList(0, 1));
              }
              signalled.add(address.id());
            });
    await().until(() -> signalled.contains(ids.getFirst()));
    loop.stop();
  }

  @Test
  void aScanWaitsUntilThereIsRoom() {
    FairScheduler turns = new FairScheduler(1, new Timeless(environment));
    CountDownLatch working = new CountDownLatch(1);
    turns.begin(
        SERVER,
        () -> {
          try {
            working.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          turns.end();
        });
    makeReady(ids);
    ConcurrentLinkedQueue<Long> stillWorking = new ConcurrentLinkedQueue<>();
    WatchLoop loop =
        start(
            turns,
            (address, ended) -> {
              stillWorking.add(working.getCount());
              signalled.add(address.id());
              if (signalled.size() == ShardScan.PAGE) {
                // It waits for its turn, and so must the next page.
                turns.begin(SERVER, turns::end);
              }
            });
    await().until(() -> signalled.size() >= ShardScan.PAGE);
    // Two transactions of others, as many as the next page has.
    makeReady(List.of());
    makeReady(List.of());
    working.countDown();
    await().until(() -> signalled.size() == ids.size());
    assertThat(List.copyOf(stillWorking).subList(ShardScan.PAGE, ids.size())).containsOnly(0L);
    loop.stop();
  }
}
