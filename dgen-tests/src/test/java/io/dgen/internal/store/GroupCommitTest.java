package io.dgen.internal.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.dgen.store.MutationType;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commits in groups, on a disk that a test holds up and makes fail. */
final class GroupCommitTest {

  private static final byte[] A = "a".getBytes(UTF_8);
  private static final byte[] B = "b".getBytes(UTF_8);

  private final FakeDisk disk = new FakeDisk();
  private final Database store = new Database(disk, Environments.system(), 0);
  private final List<Transaction> open = new ArrayList<>();

  @AfterEach
  void close() {
    disk.proceed();
    open.forEach(Transaction::close);
    store.close();
    assertThat(disk.openSnapshots).as("every snapshot is closed").hasValue(0);
  }

  @Test
  void whatWaitsIsOneGroup() {
    List<CompletableFuture<Void>> commits = new ArrayList<>();
    int before = holdWrites();
    for (int i = 0; i < 100; i++) {
      Transaction transaction = begin();
      transaction.mutate(MutationType.ADD, A, new byte[] {1});
      commits.add(transaction.commit());
    }
    assertThat(commits).noneMatch(CompletableFuture::isDone);
    disk.proceed();
    commits.forEach(CompletableFuture::join);
    assertThat(disk.writes.get() - before).isEqualTo(1);
    assertThat(read(A)).containsExactly(100);
  }

  @Test
  void nothingIsSeenBeforeItIsDurable() {
    holdWrites();
    Transaction writer = begin();
    writer.set(A, A);
    CompletableFuture<Void> commit = writer.commit();
    assertThat(read(A)).isNull();
    long whileWriting = readVersion();
    disk.proceed();
    commit.join();
    assertThat(read(A)).isEqualTo(A);
    assertThat(writer.getCommittedVersion()).isGreaterThan(whileWriting);
  }

  @Test
  void conflictsInsideAGroupCount() {
    Transaction left = begin();
    Transaction right = begin();
    left.get(A).join();
    left.set(A, A);
    right.get(A).join();
    right.set(A, B);
    holdWrites();
    List<CompletableFuture<Void>> commits = List.of(left.commit(), right.commit());
    disk.proceed();
    assertThat(failure(commits.get(0))).isNull();
    assertThat(failure(commits.get(1))).isEqualTo(StoreError.NOT_COMMITTED);
    assertThat(read(A)).isEqualTo(A);
  }

  @Test
  void laterOnesInAGroupSeeWhatEarlierOnesDid() {
    Transaction set = begin();
    Transaction add = begin();
    Transaction clear = begin();
    set.set(A, new byte[] {5});
    add.mutate(MutationType.ADD, A, new byte[] {2});
    add.set(B, B);
    clear.clear(B, new byte[] {'c'});
    holdWrites();
    List<CompletableFuture<Void>> commits = List.of(set.commit(), add.commit(), clear.commit());
    disk.proceed();
    commits.forEach(CompletableFuture::join);
    assertThat(read(A)).containsExactly(7);
    assertThat(read(B)).isNull();
  }

  @Test
  void codeOfACallerDoesNotHoldUpOthers() {
    CountDownLatch blocked = new CountDownLatch(1);
    Transaction first = begin();
    first.set(A, A);
    holdWrites();
    CompletableFuture<Void> blocking =
        first
            .commit()
            .thenRun(
                () -> {
                  try {
                    blocked.await();
                  } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                  }
                });
    disk.proceed();
    Transaction second = begin();
    second.set(B, B);
    second.commit().join();
    assertThat(blocking).isNotDone();
    blocked.countDown();
    blocking.join();
  }

  @Test
  void aFailedWriteIsNeverAcknowledgedNorSeenAndEndsAllCommits() {
    holdWrites();
    disk.failure = new IllegalStateException("the disk is full");
    Transaction failing = begin();
    failing.set(A, A);
    CompletableFuture<Void> commit = failing.commit();
    disk.proceed();
    Throwable error = catchThrowable(commit::join);
    assertThat(error.getCause())
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("the disk is full")
        .hasMessageContaining("open it again");
    assertThat(read(A)).isNull();
    disk.failure = null;
    Transaction later = begin();
    later.set(B, B);
    assertThat(failure(later.commit())).isEqualTo(StoreError.IO_ERROR);
    assertThat(read(B)).isNull();
  }

  @Test
  void aCommitThatWasCancelledFailsAtOnce() {
    holdWrites();
    Transaction transaction = begin();
    transaction.set(A, A);
    CompletableFuture<Void> commit = transaction.commit();
    transaction.cancel();
    assertThat(failure(commit)).isEqualTo(StoreError.TRANSACTION_CANCELLED);
    disk.proceed();
  }

  @Test
  void closingFailsWhatStillWaits() {
    holdWrites();
    Transaction waiting = begin();
    waiting.set(A, A);
    CompletableFuture<Void> commit = waiting.commit();
    Thread closer = Thread.ofVirtual().start(store::close);
    assertThat(failure(commit)).isEqualTo(StoreError.STORE_CLOSED);
    disk.proceed();
    await().until(() -> !closer.isAlive());
  }

  @Test
  void snapshotsAreSharedAndClosedWithTheirLastReader() {
    Transaction first = begin();
    Transaction second = begin();
    first.get(A).join();
    second.get(A).join();
    assertThat(disk.openSnapshots).hasValue(1);
    write(A);
    assertThat(disk.openSnapshots).hasValue(2);
    first.close();
    assertThat(disk.openSnapshots).hasValue(2);
    second.close();
    assertThat(disk.openSnapshots).hasValue(1);
  }

  /** Puts one write on the disk that does not end, so that what is committed then waits for it. */
  private int holdWrites() {
    disk.hold();
    int before = disk.writes.get();
    Transaction blocker = begin();
    blocker.set("blocker".getBytes(UTF_8), A);
    var unused = blocker.commit();
    await().until(() -> disk.writes.get() == before + 1);
    return before + 1;
  }

  private Transaction begin() {
    Transaction transaction = store.createTransaction();
    open.add(transaction);
    return transaction;
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
    Throwable error = future.handle((done, failed) -> failed).join();
    return error instanceof StoreException failed ? failed.error().orElseThrow() : null;
  }
}
