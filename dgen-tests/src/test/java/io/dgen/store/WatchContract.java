package io.dgen.store;

import static io.dgen.store.StoreFixture.assertFails;
import static io.dgen.store.StoreFixture.littleEndian;
import static io.dgen.store.StoreFixture.stamped;
import static io.dgen.store.StoreFixture.value;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
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
    put("a", value("2"));
    awaitFired(watch);
  }

  /** A watch may fire without a change, but not always. */
  @Test
  default void waitsAsLongAsNothingChanges() {
    put("a", value("1"));
    for (int attempt = 1; ; attempt++) {
      CompletableFuture<Void> watch = watch("a");
      put("b", value("" + attempt));
      assertThat(stored("b")).isEqualTo(value("" + attempt));
      boolean quiet = !watch.isDone();
      watch.cancel(true);
      if (quiet) {
        return;
      }
      assertThat(attempt).as("watches that fired without a change").isLessThan(5);
    }
  }

  /** A change that is undone before the watch looks may be missed; one after it may not. */
  @Test
  default void firesAfterAChangeThatWasUndone() {
    put("a", value("1"));
    CompletableFuture<Void> watch = watch("a");
    put("a", value("2"));
    put("a", value("1"));
    put("a", value("3"));
    awaitFired(watch);
  }

  /** In several transactions, as no store must make them all within the life of one. */
  @Test
  default void limitsWatches() {
    List<Transaction> transactions = new ArrayList<>();
    List<CompletableFuture<Void>> watches = new ArrayList<>();
    for (int i = 0; i <= 10_000; i++) {
      if (i % 500 == 0) {
        transactions.add(store().createTransaction());
      }
      watches.add(transactions.getLast().watch(key("w" + i)));
    }
    await()
        .untilAsserted(
            () -> assertThat(watches).anyMatch(CompletableFuture::isCompletedExceptionally));
    CompletableFuture<Void> refused =
        watches.stream()
            .filter(CompletableFuture::isCompletedExceptionally)
            .findFirst()
            .orElseThrow();
    assertFails(refused, StoreError.TOO_MANY_WATCHES);
    transactions.forEach(Transaction::close);
    watches.forEach(watch -> watch.cancel(true));
    await().until(() -> changed().handle((done, error) -> error == null).get(5, SECONDS));
  }

  private CompletableFuture<Void> changed() {
    CompletableFuture<Void> watch = watch("a");
    put("a", value("" + System.nanoTime()));
    return watch;
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
      transaction.getReadVersion().join();
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
    put("a", value("2"));
    awaitFired(watch);
  }

  @Test
  default void wakesAllWatchersOfAKey() {
    CompletableFuture<Void> first = watch("a");
    CompletableFuture<Void> second = watch("a");
    put("a");
    awaitFired(first);
    awaitFired(second);
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
  default void endsWithACommitThatFails() {
    put("a");
    try (Transaction transaction = store().createTransaction()) {
      transaction.get(key("a")).join();
      transaction.set(key("b"), value("b"));
      CompletableFuture<Void> watch = transaction.watch(key("c"));
      put("a");
      assertFails(transaction.commit(), StoreError.NOT_COMMITTED);
      awaitFailed(watch);
    }
  }

  @Test
  default void endsWithACommitThatIsRefused() {
    try (Transaction transaction = store().createTransaction()) {
      transaction.mutate(
          MutationType.SET_VERSIONSTAMPED_VALUE, key("v"), stamped(new byte[0], new byte[0]));
      CompletableFuture<Void> watch = transaction.watch(key("c"));
      assertFails(transaction.get(key("v")), StoreError.ACCESSED_UNREADABLE);
      assertFails(transaction.commit(), StoreError.ACCESSED_UNREADABLE);
      awaitFailed(watch);
    }
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

  /** Without the end of the transaction: that would fail it in any case. */
  private static void awaitFailed(CompletableFuture<Void> watch) {
    await().untilAsserted(() -> assertThat(watch).isCompletedExceptionally());
    assertThat(catchThrowable(watch::join)).hasCauseInstanceOf(StoreException.class);
  }

  private static long number(byte @Nullable [] bytes) {
    return bytes == null ? 0 : ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
  }
}
