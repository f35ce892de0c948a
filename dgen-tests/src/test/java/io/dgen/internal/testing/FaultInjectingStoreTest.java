package io.dgen.internal.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.internal.store.memory.DeterministicStore;
import io.dgen.internal.testing.FaultInjectingStore.Faults;
import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class FaultInjectingStoreTest {

  private static final byte[] KEY = "key".getBytes(UTF_8);

  private final ManualTime time = new ManualTime();
  private final Store store = DeterministicStore.open(time, time, new Random(1));

  @Test
  void aConflictDoesNotCommit() {
    assertThat(commitWith(new Faults(1, 0, 0, 0, Duration.ofMillis(1))))
        .isEqualTo(StoreError.NOT_COMMITTED);
    assertThat(isStored()).isFalse();
  }

  @Test
  void anUnknownResultMayHaveCommitted() {
    assertThat(commitWith(new Faults(0, 1, 0, 0, Duration.ofMillis(1))))
        .isEqualTo(StoreError.COMMIT_UNKNOWN_RESULT);
    assertThat(isStored()).isTrue();
  }

  @Test
  void anUnknownResultMayNotHaveCommitted() {
    assertThat(commitWith(new Faults(0, 0, 1, 0, Duration.ofMillis(1))))
        .isEqualTo(StoreError.COMMIT_UNKNOWN_RESULT);
    assertThat(isStored()).isFalse();
  }

  @Test
  void aTransactionThatOnlyReadsNeverFails() {
    try (FaultInjectingStore faulty = faulty(new Faults(1, 0, 0, 0, Duration.ofMillis(1)), 1);
        Transaction transaction = faulty.createTransaction()) {
      transaction.get(KEY).join();
      transaction.commit().join();
    }
  }

  @Test
  void aDelayedCommitHappensLater() {
    try (FaultInjectingStore faulty = faulty(new Faults(0, 0, 0, 1, Duration.ofMillis(1)), 1);
        Transaction transaction = faulty.createTransaction()) {
      transaction.set(KEY, KEY);
      CompletableFuture<Void> commit = transaction.commit();
      assertThat(commit).isNotDone();
      time.advance(Duration.ofMillis(1));
      assertThat(commit).isCompleted();
      assertThat(isStored()).isTrue();
    }
  }

  @Test
  void theVersionstampDoesNotTellAnUnknownResult() {
    try (FaultInjectingStore faulty = faulty(new Faults(0, 1, 0, 0, Duration.ofMillis(1)), 1);
        Transaction transaction = faulty.createTransaction()) {
      transaction.set(KEY, KEY);
      CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
      var unused = transaction.commit();
      assertThat(stamp).isCompletedExceptionally();
    }
  }

  @Test
  void theTransactionCanBeTriedAgain() {
    Faults faults = new Faults(0.3, 0.3, 0.3, 0, Duration.ofMillis(1));
    try (FaultInjectingStore faulty = faulty(faults, 7);
        Transaction transaction = faulty.createTransaction()) {
      boolean committed = false;
      while (!committed) {
        transaction.set(KEY, KEY);
        StoreException error = failure(transaction.commit());
        committed = error == null;
        if (error != null) {
          CompletableFuture<Void> retry = transaction.onError(error);
          assertThat(time.runNext()).isTrue();
          assertThat(retry).isCompleted();
        }
      }
      assertThat(isStored()).isTrue();
    }
  }

  @Test
  void oneSeedGivesOneHistory() {
    assertThat(history(42)).isEqualTo(history(42)).contains("NONE");
    assertThat(history(42)).isNotEqualTo(history(43));
  }

  private List<String> history(long seed) {
    List<String> results = new ArrayList<>();
    FaultInjectingStore faulty = faulty(new Faults(0.2, 0.2, 0.2, 0, Duration.ofMillis(1)), seed);
    for (int i = 0; i < 50; i++) {
      try (Transaction transaction = faulty.createTransaction()) {
        transaction.set(KEY, KEY);
        StoreException error = failure(transaction.commit());
        results.add(error == null ? "NONE" : "" + error.error().orElseThrow());
      }
    }
    return results;
  }

  private FaultInjectingStore faulty(Faults faults, long seed) {
    return new FaultInjectingStore(store, faults, new Random(seed), time);
  }

  private @Nullable StoreError commitWith(Faults faults) {
    try (Transaction transaction = faulty(faults, 1).createTransaction()) {
      transaction.set(KEY, KEY);
      StoreException error = failure(transaction.commit());
      return error == null ? null : error.error().orElseThrow();
    }
  }

  private static @Nullable StoreException failure(CompletableFuture<Void> commit) {
    try {
      commit.join();
      return null;
    } catch (CompletionException e) {
      return e.getCause() instanceof StoreException error ? error : null;
    }
  }

  private boolean isStored() {
    try (Transaction transaction = store.createTransaction()) {
      return transaction.get(KEY).join() != null;
    }
  }
}
