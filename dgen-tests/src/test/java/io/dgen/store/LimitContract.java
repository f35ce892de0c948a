package io.dgen.store;

import static io.dgen.store.StoreFixture.assertFails;
import static io.dgen.store.StoreFixture.assertThrows;
import static io.dgen.store.StoreFixture.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** FoundationDB's limits. */
interface LimitContract extends StoreFixture {

  @Test
  default void limitsKeys() {
    byte[] longest = Arrays.copyOf(key("k"), longestKey());
    byte[] tooLong = Arrays.copyOf(key("k"), longestKey() + 1);
    try (Transaction transaction = store().createTransaction()) {
      transaction.set(longest, value("v"));
      assertThrows(() -> transaction.set(tooLong, value("v")), StoreError.KEY_TOO_LARGE);
      assertThrows(
          () -> transaction.mutate(MutationType.ADD, tooLong, value("v")),
          StoreError.KEY_TOO_LARGE);
      transaction.clear(tooLong);
      assertThat(transaction.get(tooLong).join()).isNull();
      transaction.commit().join();
    }
    try (Transaction transaction = store().createTransaction()) {
      assertThat(transaction.get(longest).join()).isEqualTo(value("v"));
    }
  }

  @Test
  default void limitsStampedKeysWithTheirOffset() {
    byte[] empty = StoreFixture.stamped(key("k"), new byte[0]);
    int free = longestKey() - empty.length;
    byte[] longest = StoreFixture.stamped(key("k"), new byte[free]);
    byte[] tooLong = StoreFixture.stamped(key("k"), new byte[free + 1]);
    try (Transaction transaction = store().createTransaction()) {
      transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, longest, value("v"));
      assertThrows(
          () -> transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, tooLong, value("v")),
          StoreError.KEY_TOO_LARGE);
      transaction.commit().join();
    }
  }

  @Test
  default void limitsValues() {
    try (Transaction transaction = store().createTransaction()) {
      transaction.set(key("a"), new byte[100_000]);
      assertThrows(() -> transaction.set(key("a"), new byte[100_001]), StoreError.VALUE_TOO_LARGE);
      assertThrows(
          () -> transaction.mutate(MutationType.ADD, key("a"), new byte[100_001]),
          StoreError.VALUE_TOO_LARGE);
      byte[] largest = StoreFixture.stamped(new byte[99_986], new byte[0]);
      byte[] tooLarge = StoreFixture.stamped(new byte[99_987], new byte[0]);
      transaction.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, key("b"), largest);
      assertThrows(
          () -> transaction.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, key("b"), tooLarge),
          StoreError.VALUE_TOO_LARGE);
      transaction.commit().join();
    }
    assertThat(stored("b")).as("without the four bytes of the offset").hasSize(99_996);
  }

  @Test
  default void limitsTransactions() {
    try (Transaction transaction = store().createTransaction()) {
      for (int i = 0; i < 101; i++) {
        transaction.set(key("" + i), new byte[100_000]);
      }
      assertFails(transaction.commit(), StoreError.TRANSACTION_TOO_LARGE);
    }
    assertThat(stored("0")).isNull();
    try (Transaction transaction = store().createTransaction()) {
      for (int i = 0; i < 98; i++) {
        transaction.set(key("" + i), new byte[100_000]);
      }
      transaction.commit().join();
    }
    assertThat(stored("97")).hasSize(100_000);
  }

  /** FoundationDB counts at least 68 bytes for each key that is set, beside key and value. */
  @Test
  default void countsManySmallWritesForMoreThanTheirBytes() {
    try (Transaction transaction = store().createTransaction()) {
      for (int i = 0; i < 95_000; i++) {
        transaction.set(key("%06d".formatted(i)), value("v"));
      }
      assertFails(transaction.commit(), StoreError.TRANSACTION_TOO_LARGE);
    }
    assertThat(stored("000000")).isNull();
  }

  @Test
  default void countsAKeyThatIsWrittenAgainOnce() {
    try (Transaction transaction = store().createTransaction()) {
      for (int i = 0; i < 200; i++) {
        transaction.set(key("same"), new byte[100_000]);
      }
      transaction.commit().join();
    }
  }

  @Test
  default void keepsTheKeysBehindTheUsersToItself() {
    byte[] system = {(byte) 0xFF, 'x'};
    byte[] end = {(byte) 0xFF};
    try (Transaction transaction = store().createTransaction()) {
      assertThrows(() -> transaction.set(system, value("v")), StoreError.KEY_OUTSIDE_LEGAL_RANGE);
      assertThrows(() -> transaction.set(end, value("v")), StoreError.KEY_OUTSIDE_LEGAL_RANGE);
      assertThrows(() -> transaction.clear(system), StoreError.KEY_OUTSIDE_LEGAL_RANGE);
      assertThrows(() -> transaction.clear(prefix(), system), StoreError.KEY_OUTSIDE_LEGAL_RANGE);
      assertFails(transaction.get(system), StoreError.KEY_OUTSIDE_LEGAL_RANGE);
      assertFails(transaction.get(end), StoreError.KEY_OUTSIDE_LEGAL_RANGE);
      assertFails(transaction.getRange(prefix(), system, 1), StoreError.KEY_OUTSIDE_LEGAL_RANGE);
      transaction.addReadConflictRange(prefix(), end);
    }
  }

  @Test
  default void refusesRangesThatEndBeforeTheyBegin() {
    try (Transaction transaction = store().createTransaction()) {
      assertThrows(() -> transaction.clear(key("b"), key("a")), StoreError.INVERTED_RANGE);
      assertThrows(
          () -> transaction.addReadConflictRange(key("b"), key("a")), StoreError.INVERTED_RANGE);
      assertThrows(
          () -> transaction.addWriteConflictRange(key("b"), key("a")), StoreError.INVERTED_RANGE);
      transaction.clear(key("a"), key("a"));
      transaction.commit().join();
    }
  }
}
