package io.dgen.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.internal.testing.ManualTime;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an error of any kind, or a disk that does not answer, ends, and what goes on. */
final class StoreErrorsTest {

  private static final byte[] A = "a".getBytes(UTF_8);
  private static final byte[] B = "b".getBytes(UTF_8);
  private static final TransactionOptions ONE_SECOND =
      TransactionOptions.builder().timeout(Duration.ofSeconds(1)).build();

  private final FakeDisk disk = new FakeDisk();
  private final ManualTime time = new ManualTime();
  private final List<Transaction> open = new ArrayList<>();

  /** Waits give up at once if the disk does not answer now. */
  private final AtomicBoolean isImpatient = new AtomicBoolean();

  private final AtomicInteger refusedCompletions = new AtomicInteger();
  private final Executor completions = Environments.system().completions();
  private final StoreWorkers workers =
      new StoreWorkers() {
        private final StoreWorkers platform = new PlatformWorkers();

        @Override
        public Worker start(String name, Step step) {
          return platform.start(name, step);
        }

        @Override
        public boolean await(CompletableFuture<?> future, Duration atMost) {
          return isImpatient.get() ? future.isDone() : platform.await(future, atMost);
        }
      };
  private final Database store = new Database(disk, environment(workers), 0);

  private StoreEnvironment environment(StoreWorkers own) {
    return new StoreEnvironment(
        time,
        time,
        new Random(1),
        task -> {
          if (refusedCompletions.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new OutOfMemoryError("unable to create native thread");
          }
          completions.execute(task);
        },
        own);
  }

  @AfterEach
  void close() {
    isImpatient.set(false);
    disk.proceed();
    disk.reads.release(1_000);
    open.forEach(Transaction::close);
    store.close();
    disk.closed.join();
    assertThat(disk.openSnapshots).as("every snapshot is closed").hasValue(0);
  }

  @Test
  void anErrorBeforeTheWriteEndsTheCommitThatItComesFromAlone() {
    disk.putError = new OutOfMemoryError("Java heap space");
    CompletableFuture<Void> blocker = commitOnHeldDisk();
    CompletableFuture<Void> before = begin(A).commit();
    CompletableFuture<Void> bad = begin(FakeDisk.BAD).commit();
    CompletableFuture<Void> after = begin(B).commit();
    disk.proceed();
    CompletableFuture.allOf(blocker, before, after).join();
    assertThat(failure(bad))
        .hasMessageContaining("OutOfMemoryError: Java heap space")
        .hasMessageContaining("it did not happen")
        .extracting(StoreException::error)
        .isEqualTo(Optional.of(StoreError.INTERNAL_ERROR));
    assertThat(read(A)).isEqualTo(A);
    assertThat(read(B)).isEqualTo(B);
    assertThat(read(FakeDisk.BAD)).isNull();
    disk.putError = null;
    begin(FakeDisk.BAD).commit().join();
    assertThat(read(FakeDisk.BAD)).isEqualTo(FakeDisk.BAD);
  }

  @Test
  void whatWasComparedWithAGroupThatFailedIsComparedAgainAndNeverMissed() {
    Transaction stale = begin(B);
    stale.get(A).join();
    begin(A).commit().join();
    disk.putError = new OutOfMemoryError("Java heap space");
    assertThat(failure(begin(FakeDisk.BAD).commit())).isNotNull();
    assertThat(failure(stale.commit()))
        .extracting(StoreException::error)
        .isEqualTo(Optional.of(StoreError.TRANSACTION_TOO_OLD));
    assertThat(read(B)).isNull();
  }

  @Test
  void anErrorInTheWriteEndsAllCommitsAndSaysWhatItWas() {
    disk.writeError = new OutOfMemoryError("Java heap space");
    assertThat(failure(begin(A).commit()))
        .hasMessageContaining("OutOfMemoryError: Java heap space")
        .hasMessageContaining("open it again")
        .hasMessageNotContaining("check the disk")
        .extracting(StoreException::error)
        .isEqualTo(Optional.of(StoreError.IO_ERROR));
    disk.writeError = null;
    assertThat(failure(begin(B).commit())).isNotNull();
    assertThat(read(A)).isNull();
    time.advance(Duration.ofMinutes(1));
    assertThat(read(A)).as("a read that finds no newer read version").isNull();
  }

  @Test
  void aSnapshotThatCannotBeTakenIsTriedAgain() {
    disk.failingSnapshots.set(2);
    begin(A).commit().join();
    assertThat(read(A)).isEqualTo(A);
    disk.failingSnapshots.set(1_000);
    assertThat(failure(begin(B).commit()))
        .hasMessageContaining("could not be made visible")
        .hasMessageContaining("no memory for a snapshot");
    assertThat(read(B)).isNull();
    disk.failingSnapshots.set(0);
  }

  @Test
  void aCompletionThatTheExecutorRefusesIsGivenToItAgain() {
    refusedCompletions.set(3);
    CompletableFuture<Void> commit = begin(A).commit();
    for (int i = 0; i < 3; i++) {
      await().until(time::runNext);
    }
    commit.join();
    assertThat(read(A)).isEqualTo(A);
  }

  @Test
  void aWorkerThatCannotBeStartedFailsTheOpening() {
    FakeDisk other = new FakeDisk();
    StoreWorkers none =
        new StoreWorkers() {
          @Override
          public Worker start(String name, Step step) {
            throw new OutOfMemoryError("unable to create native thread");
          }

          @Override
          public boolean await(CompletableFuture<?> future, Duration atMost) {
            return future.isDone();
          }
        };
    assertThatThrownBy(() -> new Database(other, environment(none), 0))
        .isInstanceOf(OutOfMemoryError.class);
    assertThat(other.openSnapshots).hasValue(0);
  }

  @Test
  void noReadWaitsForADiskBeyondItsTimeout() {
    CompletableFuture<Void> blocker = commitOnHeldDisk();
    time.advance(Duration.ofSeconds(11));
    isImpatient.set(true);
    try (Transaction transaction = store.createTransaction(ONE_SECOND)) {
      assertThat(failure(transaction.get(A)))
          .extracting(StoreException::error)
          .isEqualTo(Optional.of(StoreError.TRANSACTION_TIMED_OUT));
    }
    try (Transaction transaction = store.createTransaction()) {
      assertThat(failure(transaction.getReadVersion()))
          .hasMessageContaining("the disk has not written for 5 seconds")
          .extracting(StoreException::error)
          .isEqualTo(Optional.of(StoreError.FUTURE_VERSION));
    }
    isImpatient.set(false);
    disk.proceed();
    blocker.join();
    assertThat(read(A)).isNull();
  }

  @Test
  void aReadThatHangsHoldsUpNoTimeoutOfOthers() {
    CompletableFuture<Void> blocker = commitOnHeldDisk();
    Transaction reader = store.createTransaction(ONE_SECOND);
    open.add(reader);
    var unused = reader.getVersionstamp();
    Thread reading = Thread.ofPlatform().start(() -> reader.get(FakeDisk.SLOW).join());
    await().until(() -> disk.waitingReads.get() == 1);
    Transaction other = store.createTransaction(ONE_SECOND);
    open.add(other);
    other.set(A, A);
    CompletableFuture<Void> commit = other.commit();
    time.advance(Duration.ofSeconds(1));
    assertThat(failure(commit))
        .extracting(StoreException::error)
        .isEqualTo(Optional.of(StoreError.TRANSACTION_TIMED_OUT));
    assertThat(reading.isAlive()).isTrue();
    disk.proceed();
    blocker.join();
  }

  @Test
  void closingGivesUpOnADiskThatDoesNotAnswerAndEndsWhenItDoes() {
    CompletableFuture<Void> blocker = commitOnHeldDisk();
    CompletableFuture<Void> waiting = begin(B).commit();
    isImpatient.set(true);
    assertThatThrownBy(store::close)
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the disk does not respond");
    assertThat(failure(waiting))
        .extracting(StoreException::error)
        .isEqualTo(Optional.of(StoreError.STORE_CLOSED));
    assertThat(failure(blocker))
        .extracting(StoreException::error)
        .isEqualTo(Optional.of(StoreError.STORE_CLOSED));
    assertThat(disk.closed).isNotDone();
    disk.proceed();
    disk.closed.join();
  }

  private CompletableFuture<Void> commitOnHeldDisk() {
    disk.hold();
    int before = disk.writes.get();
    CompletableFuture<Void> commit = begin("blocker".getBytes(UTF_8)).commit();
    await().until(() -> disk.writes.get() == before + 1);
    return commit;
  }

  private Transaction begin(byte[] key) {
    Transaction transaction = store.createTransaction();
    open.add(transaction);
    transaction.set(key, key);
    return transaction;
  }

  private byte @Nullable [] read(byte[] key) {
    try (Transaction transaction = store.createTransaction()) {
      return transaction.get(key).join();
    }
  }

  private static @Nullable StoreException failure(CompletableFuture<?> future) {
    try {
      future.join();
      return null;
    } catch (CompletionException e) {
      return e.getCause() instanceof StoreException failed ? failed : null;
    }
  }
}
