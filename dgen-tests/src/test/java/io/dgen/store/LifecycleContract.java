package io.dgen.store;

import static io.dgen.store.StoreFixture.assertFails;
import static io.dgen.store.StoreFixture.assertThrows;
import static io.dgen.store.StoreFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Retries, options, cancelling, closing. */
interface LifecycleContract extends StoreFixture {

  @Test
  default void runRetriesAfterAConflict() {
    put("a", value("1"));
    AtomicInteger attempts = new AtomicInteger();
    String result =
        store()
            .run(
                transaction -> {
                  byte[] seen = transaction.get(key("a")).join();
                  if (attempts.incrementAndGet() < 3) {
                    put("a", value("changed " + attempts.get()));
                  }
                  transaction.set(key("b"), seen);
                  return "done";
                });
    assertThat(result).isEqualTo("done");
    assertThat(attempts).hasValueGreaterThanOrEqualTo(3);
    assertThat(stored("b")).isEqualTo(value("changed 2"));
  }

  @Test
  default void runPassesTheBodysOwnExceptionsOn() {
    IllegalStateException mine = new IllegalStateException("mine");
    assertThatThrownBy(
            () ->
                store()
                    .run(
                        transaction -> {
                          transaction.set(key("a"), value("a"));
                          throw mine;
                        }))
        .isSameAs(mine);
    assertThat(stored("a")).isNull();
  }

  @Test
  default void runFailsForGoodWithTheStoresError() {
    Throwable failure =
        catchThrowable(
            () ->
                store()
                    .run(
                        transaction -> {
                          transaction.set(key("a"), new byte[100_001]);
                          return true;
                        }));
    assertThat(failure).isInstanceOf(StoreException.class).hasMessageContaining("100001");
  }

  @Test
  default void onErrorResetsTheTransaction() {
    put("a", value("1"));
    try (Transaction transaction = store().createTransaction()) {
      transaction.get(key("a")).join();
      transaction.set(key("b"), value("first try"));
      put("a", value("2"));
      assertFails(transaction.commit(), StoreError.NOT_COMMITTED);
      assertFails(transaction.get(key("a")), StoreError.USED_DURING_COMMIT);
      transaction.onError(new StoreException(StoreError.NOT_COMMITTED)).join();
      assertThat(transaction.get(key("a")).join()).isEqualTo(value("2"));
      assertThat(transaction.get(key("b")).join()).isNull();
      transaction.set(key("c"), value("second try"));
      transaction.commit().join();
    }
    assertThat(stored("b")).isNull();
    assertThat(stored("c")).isEqualTo(value("second try"));
  }

  @Test
  default void onErrorPassesOnWhatCannotBeRetried() {
    try (Transaction transaction = store().createTransaction()) {
      assertFails(
          transaction.onError(new StoreException(StoreError.KEY_TOO_LARGE)),
          StoreError.KEY_TOO_LARGE);
      IllegalStateException mine = new IllegalStateException("mine");
      assertThat(catchThrowable(transaction.onError(mine)::join)).hasCause(mine);
    }
  }

  @Test
  default void retriesNoMoreThanTheLimit() {
    TransactionOptions twice = TransactionOptions.builder().retryLimit(2).build();
    try (Transaction transaction = store().createTransaction(twice)) {
      StoreException conflict = new StoreException(StoreError.NOT_COMMITTED);
      transaction.onError(conflict).join();
      transaction.onError(conflict).join();
      assertFails(transaction.onError(conflict), StoreError.NOT_COMMITTED);
    }
  }

  @Test
  default void timesOut() {
    TransactionOptions atOnce = TransactionOptions.builder().timeout(Duration.ofNanos(1)).build();
    try (Transaction transaction = store().createTransaction(atOnce)) {
      await()
          .untilAsserted(
              () -> assertFails(transaction.get(key("a")), StoreError.TRANSACTION_TIMED_OUT));
      assertFails(transaction.commit(), StoreError.TRANSACTION_TIMED_OUT);
      assertFails(
          transaction.onError(new StoreException(StoreError.NOT_COMMITTED)),
          StoreError.TRANSACTION_TIMED_OUT);
    }
  }

  /** Waits for real time to pass, so it is among the long tests. */
  @Test
  @Tag("long")
  default void readsNothingAfterFiveSeconds() {
    put("a");
    try (Transaction transaction = store().createTransaction()) {
      transaction.get(key("a")).join();
      AtomicInteger reads = new AtomicInteger();
      await()
          .atMost(Duration.ofSeconds(30))
          .pollInterval(Duration.ofMillis(500))
          .untilAsserted(
              () -> {
                put("b"); // Time is counted in versions, which move on with commits.
                // Another key each time: what was read once may be read again from the cache.
                byte[] unread = key("r" + reads.incrementAndGet());
                assertFails(transaction.get(unread), StoreError.TRANSACTION_TOO_OLD);
              });
      transaction.set(key("c"), value("c"));
      assertThat(StoreFixture.cause(catchThrowable(transaction.commit()::join)))
          .isInstanceOfSatisfying(
              StoreException.class,
              failure ->
                  assertThat(failure.error().orElseThrow())
                      .isIn(StoreError.TRANSACTION_TOO_OLD, StoreError.NOT_COMMITTED));
    }
    assertThat(stored("c")).isNull();
  }

  @Test
  default void numbersUserVersionsAnewAfterAReset() {
    try (Transaction transaction = store().createTransaction()) {
      assertThat(transaction.claimUserVersion()).isZero();
      assertThat(transaction.claimUserVersion()).isEqualTo(1);
      transaction.onError(new StoreException(StoreError.NOT_COMMITTED)).join();
      assertThat(transaction.claimUserVersion()).isZero();
      for (int claims = 1; claims <= 0xFFFF; claims++) {
        assertThat(transaction.claimUserVersion()).isEqualTo(claims);
      }
      assertThatThrownBy(transaction::claimUserVersion).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  default void readRetriesAndCommitsNothing() {
    put("a", value("1"));
    AtomicInteger attempts = new AtomicInteger();
    byte[] seen =
        store()
            .read(
                transaction -> {
                  if (attempts.incrementAndGet() < 3) {
                    throw new StoreException(StoreError.PROCESS_BEHIND);
                  }
                  return transaction.get(key("a")).join();
                });
    assertThat(seen).isEqualTo(value("1"));
    assertThat(attempts).hasValueGreaterThanOrEqualTo(3);
  }

  @Test
  default void onErrorWaitsForEachPassingError() {
    for (StoreError error : StoreError.values()) {
      try (Transaction transaction = store().createTransaction()) {
        transaction.set(key("a"), value("a"));
        if (error.isRetryable()) {
          transaction.onError(new StoreException(error)).join();
          assertThat(transaction.get(key("a")).join()).as("%s", error).isNull();
        } else {
          assertFails(transaction.onError(new StoreException(error)), error);
        }
      }
    }
  }

  @Test
  default void commitsWithinItsTimeoutAndWithLowPriority() {
    TransactionOptions options =
        TransactionOptions.builder()
            .timeout(Duration.ofMinutes(1))
            .priority(TransactionOptions.Priority.BATCH)
            .build();
    try (Transaction transaction = store().createTransaction(options)) {
      transaction.set(key("a"), value("a"));
      transaction.commit().join();
    }
    assertThat(stored("a")).isEqualTo(value("a"));
  }

  @Test
  default void canNotBeUsedAfterTheCommit() {
    try (Transaction transaction = store().createTransaction()) {
      transaction.set(key("a"), value("a"));
      transaction.commit().join();
      assertFails(transaction.get(key("a")), StoreError.USED_DURING_COMMIT);
      assertThrows(() -> transaction.set(key("a"), value("b")), StoreError.USED_DURING_COMMIT);
      assertFails(transaction.commit(), StoreError.USED_DURING_COMMIT);
      assertThat(transaction.getCommittedVersion()).isPositive();
    }
  }

  @Test
  default void hasNoCommittedVersionBeforeTheCommit() {
    try (Transaction transaction = store().createTransaction()) {
      assertThatThrownBy(transaction::getCommittedVersion)
          .isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  default void cancelFailsWhatComesLater() {
    try (Transaction transaction = store().createTransaction()) {
      transaction.set(key("a"), value("a"));
      transaction.cancel();
      assertFails(transaction.get(key("a")), StoreError.TRANSACTION_CANCELLED);
      assertFails(transaction.commit(), StoreError.TRANSACTION_CANCELLED);
      assertFails(
          transaction.onError(new StoreException(StoreError.NOT_COMMITTED)),
          StoreError.TRANSACTION_CANCELLED);
    }
    assertThat(stored("a")).isNull();
  }

  @Test
  default void closeMayBeCalledTwice() {
    Transaction transaction = store().createTransaction();
    transaction.close();
    transaction.close();
    assertFails(transaction.get(key("a")), StoreError.TRANSACTION_CANCELLED);
  }
}
