package io.dgen.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.internal.store.memory.DeterministicStore;
import io.dgen.internal.testing.ManualTime;
import io.dgen.store.MutationType;
import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What depends on time, on a clock that the test moves, without a thread. */
final class TransactionTimeTest {

  private static final byte[] A = "a".getBytes(UTF_8);
  private static final byte[] B = "b".getBytes(UTF_8);
  private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);

  private final ManualTime time = new ManualTime();
  private final Store store = DeterministicStore.open(time, time, new Random(1));

  @Test
  void readsFailAfterFiveSeconds() {
    try (Transaction transaction = store.createTransaction()) {
      transaction.get(A).join();
      time.advance(FIVE_SECONDS);
      transaction.get(A).join();
      time.advance(Duration.ofMillis(1));
      assertThat(failure(transaction.get(A))).isEqualTo(StoreError.TRANSACTION_TOO_OLD);
    }
  }

  @Test
  void aCommitThatReadFailsAfterFiveSeconds() {
    try (Transaction transaction = store.createTransaction()) {
      transaction.get(A).join();
      transaction.set(B, B);
      time.advance(FIVE_SECONDS.plusMillis(1));
      assertThat(failure(transaction.commit())).isEqualTo(StoreError.TRANSACTION_TOO_OLD);
    }
    assertThat(read(B)).isNull();
  }

  @Test
  void aCommitWithoutReadConflictsMayBeOld() {
    try (Transaction transaction = store.createTransaction()) {
      transaction.snapshot().get(A).join();
      transaction.set(B, B);
      time.advance(Duration.ofMinutes(1));
      transaction.commit().join();
    }
    assertThat(read(B)).isEqualTo(B);
  }

  @Test
  void conflictsAreFoundForFiveSeconds() {
    try (Transaction transaction = store.createTransaction()) {
      transaction.get(A).join();
      for (int i = 0; i < 50; i++) {
        write(i == 0 ? A : B);
        time.advance(Duration.ofMillis(99));
      }
      transaction.set(B, B);
      assertThat(failure(transaction.commit())).isEqualTo(StoreError.NOT_COMMITTED);
    }
  }

  @Test
  void versionsAdvanceAMillionASecondAlsoWhenIdle() {
    long before = readVersion();
    time.advance(Duration.ofSeconds(3));
    assertThat(readVersion() - before).isEqualTo(3_000_000);
  }

  @Test
  void versionsGrowWithEveryCommitAlsoIfTimeStandsStill() {
    long last = readVersion();
    for (int i = 0; i < 10; i++) {
      try (Transaction transaction = store.createTransaction()) {
        transaction.set(A, A);
        transaction.commit().join();
        assertThat(transaction.getCommittedVersion()).isGreaterThan(last);
        last = readVersion();
        assertThat(last).isGreaterThanOrEqualTo(transaction.getCommittedVersion());
      }
    }
  }

  @Test
  void backsOffLongerEachTimeUpToASecond() {
    List<Long> waits = new ArrayList<>();
    try (Transaction transaction = store.createTransaction()) {
      for (int i = 0; i < 200; i++) {
        long before = time.getAsLong();
        CompletableFuture<Void> ready =
            transaction.onError(new StoreException(StoreError.NOT_COMMITTED));
        assertThat(ready).isNotDone();
        assertThat(time.runNext()).isTrue();
        assertThat(ready).isCompleted();
        waits.add(time.getAsLong() - before);
      }
    }
    for (int i = 0; i < waits.size(); i++) {
      long most = Math.min(10_000_000L << Math.min(i, 10), 1_000_000_000L);
      assertThat(waits.get(i)).isPositive().isLessThanOrEqualTo(most);
    }
    assertThat(waits.stream().max(Long::compare))
        .hasValueSatisfying(longest -> assertThat(longest).isGreaterThan(900_000_000L));
  }

  @Test
  void timesOutWhileItBacksOff() {
    TransactionOptions options =
        TransactionOptions.builder().timeout(Duration.ofNanos(100)).build();
    try (Transaction transaction = store.createTransaction(options)) {
      CompletableFuture<Void> ready =
          transaction.onError(new StoreException(StoreError.NOT_COMMITTED));
      time.advance(Duration.ofNanos(100));
      assertThat(failure(ready)).isEqualTo(StoreError.TRANSACTION_TIMED_OUT);
    }
  }

  @Test
  void aTimeoutFailsAWatchThatIsNotArmedAndNotOneThatIs() {
    TransactionOptions options =
        TransactionOptions.builder().timeout(Duration.ofSeconds(1)).build();
    CompletableFuture<Void> armed;
    CompletableFuture<Void> notArmed;
    try (Transaction committed = store.createTransaction(options);
        Transaction pending = store.createTransaction(options)) {
      armed = committed.watch(A);
      committed.commit().join();
      notArmed = pending.watch(A);
      time.advance(Duration.ofSeconds(2));
      assertThat(failure(notArmed)).isEqualTo(StoreError.TRANSACTION_TIMED_OUT);
      assertThat(armed).isNotDone();
    }
    write(A);
    assertThat(armed).isCompleted();
  }

  @Test
  void theTimeoutSpansAllTries() {
    TransactionOptions options =
        TransactionOptions.builder().timeout(Duration.ofSeconds(1)).build();
    try (Transaction transaction = store.createTransaction(options)) {
      CompletableFuture<Void> ready =
          transaction.onError(new StoreException(StoreError.NOT_COMMITTED));
      time.advance(Duration.ofMillis(999));
      assertThat(ready).isCompleted();
      transaction.get(A).join();
      time.advance(Duration.ofMillis(1));
      assertThat(failure(transaction.get(A))).isEqualTo(StoreError.TRANSACTION_TIMED_OUT);
    }
  }

  @Test
  void everythingHappensOnTheCallersThread() {
    CompletableFuture<Void> watch;
    try (Transaction transaction = store.createTransaction()) {
      watch = transaction.watch(A);
      transaction.commit().join();
    }
    List<String> events = new ArrayList<>();
    Thread caller = Thread.currentThread();
    var unused =
        watch.thenRun(
            () -> {
              assertThat(Thread.currentThread()).isSameAs(caller);
              // A callback may use the store, even commit.
              write(B);
              events.add("watch");
            });
    try (Transaction transaction = store.createTransaction()) {
      transaction.mutate(MutationType.ADD, A, new byte[] {1});
      CompletableFuture<Void> commit = transaction.commit();
      assertThat(commit).isCompleted();
      events.add("committed");
    }
    assertThat(events).containsExactly("watch", "committed");
    assertThat(read(B)).isEqualTo(B);
  }

  private void write(byte[] key) {
    try (Transaction transaction = store.createTransaction()) {
      transaction.set(key, key);
      transaction.commit().join();
    }
  }

  private byte @Nullable [] read(byte[] key) {
    try (Transaction transaction = store.createTransaction()) {
      return transaction.get(key).join();
    }
  }

  private long readVersion() {
    try (Transaction transaction = store.createTransaction()) {
      return transaction.getReadVersion().join();
    }
  }

  private static @Nullable StoreError failure(CompletableFuture<?> future) {
    try {
      future.join();
      return null;
    } catch (CompletionException e) {
      return e.getCause() instanceof StoreException error ? error.error().orElseThrow() : null;
    }
  }
}
