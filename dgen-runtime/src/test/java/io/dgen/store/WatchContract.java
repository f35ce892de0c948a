package io.dgen.store;

import static io.dgen.store.StoreFixture.assertFails;
import static io.dgen.store.StoreFixture.littleEndian;
import static io.dgen.store.StoreFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Watches: they fire on lasting changes, and no wake-up is lost. */
interface WatchContract extends StoreFixture {

  @Test
  default void firesWhenTheValueChanges() {
    put("a", value("1"));
    CompletableFuture<Void> watch = watch("a");
    assertThat(watch).isNotDone();
    put("a", value("2"));
    awaitFired(watch);
  }

  @Test
  default void firesWhenAKeyAppearsOrGoes() {
    CompletableFuture<Void> appears = watch("new");
    put("new");
    awaitFired(appears);
    CompletableFuture<Void> goes = watch("new");
    store()
        .run(
            transaction -> {
              transaction.clear(key("n"), key("o"));
              return true;
            });
    awaitFired(goes);
    CompletableFuture<Void> adds = watch("counter");
    store()
        .run(
            transaction -> {
              transaction.mutate(MutationType.ADD, key("counter"), littleEndian(1));
              return true;
            });
    awaitFired(adds);
  }

  @Test
  default void firesForWhatChangedBeforeItWasArmed() {
    put("a", value("1"));
    CompletableFuture<Void> watch;
    try (Transaction transaction = store().createTransaction()) {
      watch = transaction.watch(key("a"));
      put("a", value("2"));
      transaction.commit().join();
    }
    awaitFired(watch);
  }

  @Test
  default void waitsForTheValueThatItsOwnTransactionWrote() {
    put("a", value("1"));
    CompletableFuture<Void> watch;
    try (Transaction transaction = store().createTransaction()) {
      transaction.set(key("a"), value("mine"));
      watch = transaction.watch(key("a"));
      transaction.commit().join();
    }
    assertThat(watch).isNotDone();
    put("a", value("2"));
    awaitFired(watch);
  }

  @Test
  default void wakesAllWatchersOfAKey() {
    CompletableFuture<Void> first = watch("a");
    CompletableFuture<Void> second = watch("a");
    CompletableFuture<Void> other = watch("b");
    put("a");
    awaitFired(first);
    awaitFired(second);
    assertThat(other).isNotDone();
    other.cancel(true);
  }

  @Test
  default void aCancelledWatchIsForgotten() {
    CompletableFuture<Void> watch = watch("a");
    watch.cancel(true);
    put("a");
    assertThat(watch).isCancelled();
  }

  @Test
  default void endsWithATransactionThatDoesNotCommit() {
    CompletableFuture<Void> watch;
    try (Transaction transaction = store().createTransaction()) {
      watch = transaction.watch(key("a"));
    }
    assertFails(watch, StoreError.TRANSACTION_CANCELLED);
  }

  @Test
  default void losesNoWakeUp() throws Exception {
    int rounds = 200;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var follower =
          threads.submit(
              () -> {
                long seen = 0;
                while (seen < rounds) {
                  CompletableFuture<Void> watch;
                  try (Transaction transaction = store().createTransaction()) {
                    seen = number(transaction.get(key("n")).join());
                    watch = transaction.watch(key("n"));
                    transaction.commit().join();
                  }
                  if (seen < rounds) {
                    watch.join();
                  } else {
                    watch.cancel(true);
                  }
                }
                return seen;
              });
      for (int i = 0; i < rounds; i++) {
        store()
            .run(
                transaction -> {
                  transaction.mutate(MutationType.ADD, key("n"), littleEndian(1));
                  return true;
                });
      }
      assertThat(follower.get()).isEqualTo(rounds);
    }
  }

  private CompletableFuture<Void> watch(String name) {
    try (Transaction transaction = store().createTransaction()) {
      CompletableFuture<Void> watch = transaction.watch(key(name));
      transaction.commit().join();
      return watch;
    }
  }

  private static void awaitFired(CompletableFuture<Void> watch) {
    await().untilAsserted(() -> assertThat(watch).isCompleted());
  }

  private static long number(byte @Nullable [] bytes) {
    return bytes == null ? 0 : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }
}
