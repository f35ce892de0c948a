package io.dgen.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.internal.testing.ManualTime;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A commit is checked for conflicts whatever becomes of its transaction, and however slow the disk
 * is.
 */
final class CommitOwnershipTest {

  private static final byte[] A = "a".getBytes(UTF_8);
  private static final byte[] OLD = "old".getBytes(UTF_8);
  private static final byte[] ACKNOWLEDGED = "acknowledged".getBytes(UTF_8);
  private static final byte[] STALE = "stale".getBytes(UTF_8);

  private final FakeDisk disk = new FakeDisk();
  private final ManualTime time = new ManualTime();
  private final Database store =
      new Database(
          disk,
          new StoreEnvironment(
              time,
              time,
              new Random(1),
              Environments.system().completions(),
              new PlatformWorkers()),
          0);
  private final List<Transaction> open = new ArrayList<>();

  @AfterEach
  void close() {
    disk.proceed();
    open.forEach(Transaction::close);
    store.close();
    assertThat(disk.openSnapshots).as("every snapshot is closed").hasValue(0);
  }

  @Test
  void aCommitThatIsCancelledWhileItWaitsOverwritesNothing() {
    overwritesNothingAfter(Transaction::cancel);
  }

  @Test
  void aCommitThatIsClosedWhileItWaitsOverwritesNothing() {
    overwritesNothingAfter(Transaction::close);
  }

  @Test
  void aCommitThatTimesOutWhileItWaitsOverwritesNothing() {
    overwritesNothingAfter(transaction -> time.advance(Duration.ofSeconds(1)));
  }

  @Test
  void aCommitWhoseTransactionStartsAgainWhileItWaitsOverwritesNothing() {
    overwritesNothingAfter(
        transaction -> {
          var unused = transaction.onError(new StoreException(StoreError.COMMIT_UNKNOWN_RESULT));
        });
  }

  /** A read-modify-write is overtaken by another, which is acknowledged; then its caller leaves. */
  private void overwritesNothingAfter(Consumer<Transaction> leaving) {
    write(OLD);
    Transaction stale = begin(TransactionOptions.builder().timeout(Duration.ofSeconds(1)).build());
    assertThat(stale.get(A).join()).isEqualTo(OLD);
    stale.set(A, STALE);
    Transaction other = begin(TransactionOptions.DEFAULT);
    other.set(A, ACKNOWLEDGED);
    CompletableFuture<Void> acknowledged = commitOnHeldDisk(other);
    var unused = stale.commit();
    leaving.accept(stale);
    disk.proceed();
    acknowledged.join();
    flush();
    assertThat(read()).isEqualTo(ACKNOWLEDGED);
  }

  @Test
  void aTransactionThatBeganDuringASlowWriteKeepsItsFiveSeconds() {
    write(OLD);
    Transaction slow = begin(TransactionOptions.DEFAULT);
    slow.set("b".getBytes(UTF_8), OLD);
    CompletableFuture<Void> written = commitOnHeldDisk(slow);
    time.advance(Duration.ofSeconds(3));
    Transaction stale = begin(TransactionOptions.DEFAULT);
    assertThat(stale.get(A).join()).isEqualTo(OLD);
    disk.proceed();
    written.join();
    time.advance(Duration.ofMillis(2_500));
    write(ACKNOWLEDGED);
    stale.set(A, STALE);
    assertThat(failure(stale.commit())).isEqualTo(StoreError.NOT_COMMITTED);
    assertThat(read()).isEqualTo(ACKNOWLEDGED);
  }

  @Test
  void aSnapshotStaysReadableForFiveSecondsFromItsLastBegin() {
    write(OLD);
    Transaction slow = begin(TransactionOptions.DEFAULT);
    slow.set("b".getBytes(UTF_8), OLD);
    CompletableFuture<Void> written = commitOnHeldDisk(slow);
    time.advance(Duration.ofSeconds(3));
    Transaction reader = begin(TransactionOptions.DEFAULT);
    assertThat(reader.get(A).join()).isEqualTo(OLD);
    disk.proceed();
    written.join();
    time.advance(Duration.ofSeconds(5));
    write(ACKNOWLEDGED);
    assertThat(reader.get(A).join()).isEqualTo(OLD);
    time.advance(Duration.ofMillis(1));
    assertThat(failure(reader.get(A))).isEqualTo(StoreError.TRANSACTION_TOO_OLD);
  }

  @Test
  void commitsThatNobodyWaitsForDoNotPileUp() {
    write(OLD);
    Transaction slow = begin(TransactionOptions.DEFAULT);
    slow.set("b".getBytes(UTF_8), OLD);
    CompletableFuture<Void> written = commitOnHeldDisk(slow);
    List<CompletableFuture<Void>> commits = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Transaction transaction =
          begin(TransactionOptions.builder().timeout(Duration.ofSeconds(1)).build());
      transaction.set(A, STALE);
      commits.add(transaction.commit());
    }
    time.advance(Duration.ofSeconds(1));
    assertThat(commits)
        .allSatisfy(
            commit -> assertThat(failure(commit)).isEqualTo(StoreError.TRANSACTION_TIMED_OUT));
    int writes = disk.writes.get();
    disk.proceed();
    written.join();
    assertThat(read()).as("what was waiting when its time was over").isEqualTo(OLD);
    flush();
    assertThat(read()).isEqualTo(OLD);
    assertThat(disk.writes.get() - writes).isEqualTo(1);
  }

  @Test
  void anAttemptBeginsWhenTheCommitBeforeItIsDecided() {
    Transaction transaction = begin(TransactionOptions.DEFAULT);
    transaction.set(A, ACKNOWLEDGED);
    var unused = commitOnHeldDisk(transaction);
    CompletableFuture<Void> ready =
        transaction.onError(new StoreException(StoreError.COMMIT_UNKNOWN_RESULT));
    time.advance(Duration.ofSeconds(1));
    assertThat(ready).isNotDone();
    disk.proceed();
    ready.join();
    assertThat(transaction.get(A).join()).isEqualTo(ACKNOWLEDGED);
  }

  @Test
  void aCommitThatWaitsLongForASlowWriteIsCheckedAgainstIt() {
    write(OLD);
    Transaction stale = begin(TransactionOptions.DEFAULT);
    assertThat(stale.get(A).join()).isEqualTo(OLD);
    Transaction other = begin(TransactionOptions.DEFAULT);
    other.set(A, ACKNOWLEDGED);
    CompletableFuture<Void> acknowledged = commitOnHeldDisk(other);
    stale.set(A, STALE);
    CompletableFuture<Void> commit = stale.commit();
    Transaction innocent = begin(TransactionOptions.DEFAULT);
    innocent.get("b".getBytes(UTF_8)).join();
    innocent.set("b".getBytes(UTF_8), OLD);
    CompletableFuture<Void> innocentCommit = innocent.commit();
    time.advance(Duration.ofSeconds(60));
    disk.proceed();
    acknowledged.join();
    assertThat(failure(commit)).isEqualTo(StoreError.NOT_COMMITTED);
    assertThat(failure(innocentCommit)).as("it came in time, and conflicts with nothing").isNull();
    assertThat(read()).isEqualTo(ACKNOWLEDGED);
  }

  @Test
  void callersMayUseTheirArraysAgain() {
    byte[] key = A.clone();
    byte[] begin = A.clone();
    byte[] end = "b".getBytes(UTF_8);
    Transaction reader = begin(TransactionOptions.DEFAULT);
    reader.get(key).join();
    key[0] = 'x';
    reader.set("c".getBytes(UTF_8), OLD);
    Transaction scanner = begin(TransactionOptions.DEFAULT);
    scanner.get("y".getBytes(UTF_8)).join();
    scanner.addReadConflictKey(A);
    scanner.set("d".getBytes(UTF_8), OLD);
    try (Transaction writer = store.createTransaction()) {
      writer.clear(begin, end);
      writer.commit().join();
    }
    begin[0] = 'z';
    end[0] = 'x';
    assertThat(failure(reader.commit())).isEqualTo(StoreError.NOT_COMMITTED);
    assertThat(failure(scanner.commit())).isEqualTo(StoreError.NOT_COMMITTED);
  }

  private CompletableFuture<Void> commitOnHeldDisk(Transaction transaction) {
    disk.hold();
    int before = disk.writes.get();
    CompletableFuture<Void> commit = transaction.commit();
    await().until(() -> disk.writes.get() == before + 1);
    return commit;
  }

  private Transaction begin(TransactionOptions options) {
    Transaction transaction = store.createTransaction(options);
    open.add(transaction);
    return transaction;
  }

  private void write(byte[] value) {
    try (Transaction transaction = store.createTransaction()) {
      transaction.set(A, value);
      transaction.commit().join();
    }
  }

  /** Waits for all that was committed before. */
  private void flush() {
    try (Transaction transaction = store.createTransaction()) {
      transaction.set("flush".getBytes(UTF_8), OLD);
      transaction.commit().join();
    }
  }

  private byte @Nullable [] read() {
    try (Transaction transaction = store.createTransaction()) {
      return transaction.get(A).join();
    }
  }

  private static @Nullable StoreError failure(CompletableFuture<?> future) {
    Throwable error = future.handle((done, failed) -> failed).join();
    return error instanceof StoreException failed ? failed.error().orElseThrow() : null;
  }
}
