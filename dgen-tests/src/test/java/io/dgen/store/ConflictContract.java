package io.dgen.store;

import static io.dgen.store.StoreFixture.assertFails;
import static io.dgen.store.StoreFixture.littleEndian;
import static io.dgen.store.StoreFixture.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Which reads and writes conflict, and which do not. */
interface ConflictContract extends StoreFixture {

  @Test
  default void aKeyThatWasReadConflicts() {
    assertConflict(t -> t.get(key("a")).join(), t -> t.set(key("a"), value("new")));
    assertConflict(t -> t.get(key("a")).join(), t -> t.clear(key("a")));
    assertConflict(t -> t.get(key("b")).join(), t -> t.clear(key("a"), key("c")));
    assertConflict(
        t -> t.get(key("a")).join(), t -> t.mutate(MutationType.ADD, key("a"), littleEndian(1)));
    assertNoConflict(t -> t.get(key("a")).join(), t -> t.set(key("b"), value("new")));
  }

  @Test
  default void aMissingKeyThatWasReadConflicts() {
    assertConflict(t -> t.get(key("missing")).join(), t -> t.set(key("missing"), value("new")));
    assertConflict(t -> t.get(key("missing")).join(), t -> t.clear(key("missing")));
  }

  @Test
  default void aPhantomInARangeConflicts() {
    put("a", "d");
    assertConflict(t -> range(t, "a", "e", 0), t -> t.set(key("c"), value("phantom")));
    assertConflict(t -> range(t, "x", "z", 0), t -> t.set(key("y"), value("phantom")));
    assertConflict(t -> range(t, "a", "e", 0), t -> t.clear(key("b"), key("c")));
    assertNoConflict(t -> range(t, "a", "e", 0), t -> t.set(key("e"), value("outside")));
    assertNoConflict(t -> range(t, "b", "e", 0), t -> t.clear(key("a"), key("b")));
  }

  @Test
  default void aRangeThatItsLimitCutEndsWithItsLastKey() {
    fill();
    assertConflict(t -> range(t, "a", "z", 2), t -> t.set(key("aa"), value("new")));
    fill();
    assertConflict(t -> range(t, "a", "z", 2), t -> t.set(key("b"), value("new")));
    assertNoConflict(t -> range(t, "a", "z", 2), t -> t.set(key("bb"), value("new")));
    fill();
    assertNoConflict(t -> range(t, "a", "z", 2), t -> t.clear(key("c"), key("z")));
    fill();
    assertNoConflict(t -> reverse(t, "a", "e", 2), t -> t.set(key("bx"), value("new")));
    assertConflict(t -> reverse(t, "a", "e", 3), t -> t.set(key("bx"), value("new")));
  }

  @Test
  default void aSelectorConflictsUpToTheKeyItFound() {
    put("b", "f");
    KeySelector first = KeySelector.firstGreaterOrEqual(key("c"));
    assertConflict(t -> t.getKey(first).join(), t -> t.set(key("d"), value("new")));
    put("b", "f");
    assertConflict(t -> t.getKey(first).join(), t -> t.clear(key("d")));
    assertNoConflict(t -> t.getKey(first).join(), t -> t.set(key("g"), value("new")));
    assertNoConflict(t -> t.getKey(first).join(), t -> t.set(key("b"), value("new")));
    KeySelector last = KeySelector.lastLessThan(key("e"));
    assertConflict(t -> t.getKey(last).join(), t -> t.set(key("b"), value("new")));
    assertNoConflict(t -> t.getKey(last).join(), t -> t.set(key("e"), value("new")));
    assertNoConflict(t -> t.getKey(last).join(), t -> t.set(key("a"), value("new")));
  }

  /**
   * The end of the range is found by counting from a key left of its begin: a key that appears in
   * between moves the end to the left, into what was read.
   */
  @Test
  default void anEndThatCountsFromLeftOfTheBeginConflictsWithWhatItCounted() {
    KeySelector end = KeySelector.firstGreaterOrEqual(key("a")).add(2);
    put("d", "e", "f");
    assertConflict(
        t -> t.getRange(KeySelector.firstGreaterOrEqual(key("d")), end, 2, false).join(),
        t -> t.set(key("b"), value("new")));
  }

  /** The mirror case: the begin is found by counting from a key right of the end. */
  @Test
  default void aBeginThatCountsFromRightOfTheEndConflictsWithWhatItCounted() {
    KeySelector begin = KeySelector.lastLessThan(key("z")).add(-2);
    put("b", "c", "d");
    assertConflict(
        t -> t.getRange(begin, KeySelector.firstGreaterOrEqual(key("d")), 2, true).join(),
        t -> t.set(key("x"), value("new")));
  }

  @Test
  default void snapshotReadsDoNotConflict() {
    put("a", "b");
    assertNoConflict(
        t -> {
          t.snapshot().get(key("a")).join();
          range(t.snapshot(), "a", "z", 0);
          t.snapshot().getKey(KeySelector.lastLessThan(key("z"))).join();
        },
        t -> t.clear(key("a"), key("z")));
  }

  @Test
  default void blindWritesDoNotConflict() {
    assertNoConflict(t -> t.set(key("a"), value("1")), t -> t.set(key("a"), value("2")));
    assertThat(stored("a")).isEqualTo(value("1"));
    assertNoConflict(
        t -> t.mutate(MutationType.ADD, key("n"), littleEndian(1)),
        t -> t.mutate(MutationType.ADD, key("n"), littleEndian(1)));
    assertThat(stored("n")).isEqualTo(littleEndian(2));
  }

  @Test
  default void whatTheTransactionWroteItselfDoesNotConflict() {
    put("a", "c");
    assertNoConflict(
        t -> {
          t.set(key("a"), value("mine"));
          t.get(key("a")).join();
        },
        t -> t.set(key("a"), value("new")));
    assertNoConflict(
        t -> {
          t.clear(key("a"), key("d"));
          range(t, "a", "d", 0);
        },
        t -> t.set(key("b"), value("new")));
    put("a", "c");
    assertConflict(
        t -> {
          t.clear(key("a"), key("b"));
          range(t, "a", "d", 0);
        },
        t -> t.set(key("c"), value("new")));
    assertConflict(
        t -> {
          t.mutate(MutationType.ADD, key("a"), littleEndian(1));
          t.get(key("a")).join();
        },
        t -> t.set(key("a"), value("new")));
  }

  @Test
  default void declaredConflictsCount() {
    assertConflict(
        t -> {
          t.getReadVersion().join();
          t.addReadConflictRange(key("a"), key("c"));
        },
        t -> t.set(key("b"), value("new")));
    assertConflict(t -> t.get(key("b")).join(), t -> t.addWriteConflictRange(key("a"), key("c")));
    assertConflict(t -> t.get(key("b")).join(), t -> t.addWriteConflictKey(key("b")));
    assertNoConflict(
        t -> {
          t.getReadVersion().join();
          t.addReadConflictKey(key("a"));
        },
        t -> t.set(key("b"), value("new")));
  }

  /** What the transaction has written before does not depend on others. */
  @Test
  default void aDeclaredReadOfWhatWasWrittenBeforeDoesNotCount() {
    assertNoConflict(
        t -> {
          t.getReadVersion().join();
          t.set(key("a"), value("mine"));
          t.clear(key("b"), key("d"));
          t.mutate(
              MutationType.SET_VERSIONSTAMPED_VALUE,
              key("e"),
              StoreFixture.stamped(new byte[0], new byte[0]));
          t.addReadConflictKey(key("a"));
          t.addReadConflictRange(key("b"), key("d"));
          t.addReadConflictKey(key("e"));
        },
        t -> {
          t.set(key("a"), value("new"));
          t.set(key("c"), value("new"));
          t.set(key("e"), value("new"));
        });
    assertConflict(
        t -> {
          t.getReadVersion().join();
          t.mutate(MutationType.ADD, key("a"), littleEndian(1));
          t.addReadConflictKey(key("a"));
        },
        t -> t.set(key("a"), value("new")));
    assertConflict(
        t -> {
          t.getReadVersion().join();
          t.addReadConflictKey(key("a"));
          t.set(key("a"), value("mine"));
        },
        t -> t.set(key("a"), value("new")));
  }

  @Test
  default void readOnlyTransactionsDoNotConflict() {
    put("a");
    try (Transaction transaction = store().createTransaction()) {
      transaction.get(key("a")).join();
      put("a", value("new"));
      transaction.commit().join();
      assertThat(transaction.getCommittedVersion()).isEqualTo(-1);
    }
  }

  @Test
  default void aStampedKeyConflictsOnlyWhereItLands() {
    byte[] template = StoreFixture.stamped(key("q/"), new byte[0]);
    assertConflict(
        t -> range(t, "q/", "q0", 0),
        t -> t.mutate(MutationType.SET_VERSIONSTAMPED_KEY, template, value("item")));
    assertNoConflict(
        t -> range(t, "q/", "q0", 1),
        t -> t.mutate(MutationType.SET_VERSIONSTAMPED_KEY, template, value("item")));
  }

  @Test
  default void ofTwoThatReadWhatTheOtherWritesOneFails() {
    put("a", "b");
    try (Transaction left = store().createTransaction();
        Transaction right = store().createTransaction()) {
      left.get(key("a")).join();
      right.get(key("b")).join();
      left.set(key("b"), value("left"));
      right.set(key("a"), value("right"));
      left.commit().join();
      assertFails(right.commit(), StoreError.NOT_COMMITTED);
    }
    assertThat(stored("a")).isEqualTo(value("a"));
  }

  /** Leaves nothing but four keys. */
  private void fill() {
    try (Transaction transaction = store().createTransaction()) {
      transaction.clear(prefix(), end());
      transaction.commit().join();
    }
    put("a", "b", "c", "d");
  }

  private void assertConflict(Consumer<Transaction> reader, Consumer<Transaction> writer) {
    try (Transaction transaction = interleave(reader, writer)) {
      assertFails(transaction.commit(), StoreError.NOT_COMMITTED);
    }
  }

  private void assertNoConflict(Consumer<Transaction> reader, Consumer<Transaction> writer) {
    try (Transaction transaction = interleave(reader, writer)) {
      transaction.commit().join();
    }
  }

  /** Reads in one transaction, commits another, and leaves the first one about to commit. */
  private Transaction interleave(Consumer<Transaction> reader, Consumer<Transaction> writer) {
    Transaction transaction = store().createTransaction();
    reader.accept(transaction);
    try (Transaction other = store().createTransaction()) {
      writer.accept(other);
      other.commit().join();
    }
    transaction.set(key("unrelated"), value("so that it is not read-only"));
    return transaction;
  }

  private void reverse(Transaction transaction, String begin, String end, int limit) {
    transaction
        .getRange(
            KeySelector.firstGreaterOrEqual(key(begin)),
            KeySelector.firstGreaterOrEqual(key(end)),
            limit,
            true)
        .join();
  }
}
