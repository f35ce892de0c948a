package io.dgen.internal.engine.tx;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.internal.engine.work.SystemEnvironment;
import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.store.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A loop whose watch or scan the store refuses. */
final class WatchLoopTest {

  private static final byte[] KEY = "key".getBytes(UTF_8);

  @Test
  void aWatchThatFailsIsTriedAgainButNotAtOnce() {
    AtomicInteger scans = new AtomicInteger();
    List<CompletableFuture<Void>> watches = new ArrayList<>();
    try (Store store = MemoryStore.open();
        SystemEnvironment environment = new SystemEnvironment()) {
      try (Transaction transaction = store.createTransaction()) {
        for (int i = 0; i < 10_000; i++) {
          watches.add(transaction.watch(("other " + i).getBytes(UTF_8)));
        }
        transaction.commit().join();
      }
      WatchLoop loop =
          loop(
              store,
              environment,
              transaction -> {
                scans.incrementAndGet();
                return false;
              });
      loop.start();
      await().until(() -> scans.get() >= 2);
      assertThat(scans).hasValueLessThan(10);

      // Read before: a scan while they are being cancelled may be the one that succeeds.
      int before = scans.get();
      watches.forEach(watch -> watch.cancel(false));
      await().until(() -> scans.get() > before);
      store.run(
          transaction -> {
            transaction.set(KEY, KEY);
            return true;
          });
      await().until(() -> scans.get() > before + 1);
      loop.stop();
    }
  }

  @Test
  void aScanThatFailsIsTriedAgainLongBeforeTheNextPoll() {
    AtomicInteger scans = new AtomicInteger();
    try (Store store = MemoryStore.open();
        SystemEnvironment environment = new SystemEnvironment()) {
      WatchLoop loop =
          loop(
              store,
              environment,
              transaction -> {
                if (scans.incrementAndGet() == 1) {
                  throw new StoreException(StoreError.TRANSACTION_TIMED_OUT);
                }
                return false;
              });
      loop.start();
      await().until(() -> scans.get() >= 2);
      loop.stop();
    }
  }

  @Test
  void whatIsWrittenDuringAScanIsScanned() {
    AtomicInteger scans = new AtomicInteger();
    try (Store store = MemoryStore.open();
        SystemEnvironment environment = new SystemEnvironment()) {
      WatchLoop loop =
          loop(
              store,
              environment,
              transaction -> {
                var unused = environment.await(transaction.get(KEY));
                if (scans.incrementAndGet() == 1) {
                  store.run(
                      other -> {
                        other.set(KEY, KEY);
                        return true;
                      });
                }
                return false;
              });
      loop.start();
      await().until(() -> scans.get() >= 2);
      loop.stop();
    }
  }

  /** One that polls so seldom that only the watch, or a failure, makes it look again. */
  private static WatchLoop loop(Store store, SystemEnvironment environment, WatchLoop.Scan scan) {
    return new WatchLoop(
        "the test", store, environment, environment::execute, KEY, Duration.ofHours(1), scan);
  }
}
