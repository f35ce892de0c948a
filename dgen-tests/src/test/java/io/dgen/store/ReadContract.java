package io.dgen.store;

import static io.dgen.store.StoreFixture.littleEndian;
import static io.dgen.store.StoreFixture.value;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Single keys: snapshots and own writes. */
interface ReadContract extends StoreFixture {

  @Test
  default void readsWhatWasCommitted() {
    put("a", "b");
    assertThat(stored("a")).isEqualTo(value("a"));
    assertThat(stored("missing")).isNull();
  }

  @Test
  default void keepsEmptyKeysPartsAndValues() {
    put("empty", new byte[0]);
    put("", value("at the prefix itself"));
    assertThat(stored("empty")).isEmpty();
    assertThat(stored("")).isEqualTo(value("at the prefix itself"));
  }

  @Test
  default void keepsLargeValues() {
    byte[] large = new byte[100_000];
    large[99_999] = 1;
    put("large", large);
    assertThat(stored("large")).isEqualTo(large);
  }

  @Test
  default void readsOneSnapshot() {
    put("a", "b");
    try (Transaction transaction = store().createTransaction()) {
      assertThat(transaction.get(key("a")).join()).isEqualTo(value("a"));
      put("a", value("new"));
      put("b", value("new"));
      put("c", value("new"));
      assertThat(transaction.get(key("a")).join()).isEqualTo(value("a"));
      assertThat(transaction.get(key("b")).join()).isEqualTo(value("b"));
      assertThat(transaction.get(key("c")).join()).isNull();
      assertThat(range(transaction, "", "z", 0)).containsExactly("a", "b");
    }
    assertThat(stored("b")).isEqualTo(value("new"));
  }

  @Test
  default void takesTheSnapshotAtTheFirstReadAndNotBefore() {
    try (Transaction transaction = store().createTransaction()) {
      put("a");
      assertThat(transaction.get(key("a")).join()).isEqualTo(value("a"));
    }
  }

  @Test
  default void seesItsOwnWrites() {
    put("set", "cleared", "ranged");
    try (Transaction transaction = store().createTransaction()) {
      transaction.set(key("set"), value("mine"));
      transaction.set(key("new"), value("mine"));
      transaction.clear(key("cleared"));
      transaction.clear(key("r"), key("s"));
      assertThat(transaction.get(key("set")).join()).isEqualTo(value("mine"));
      assertThat(transaction.get(key("new")).join()).isEqualTo(value("mine"));
      assertThat(transaction.get(key("cleared")).join()).isNull();
      assertThat(transaction.get(key("ranged")).join()).isNull();
      transaction.set(key("ranged"), value("again"));
      assertThat(transaction.get(key("ranged")).join()).isEqualTo(value("again"));
      assertThat(transaction.snapshot().get(key("set")).join()).isEqualTo(value("mine"));
    }
    assertThat(stored("set")).as("nothing is written without a commit").isEqualTo(value("set"));
  }

  @Test
  default void commitsTheLastOfSeveralWrites() {
    put("a", "b", "c");
    store()
        .run(
            transaction -> {
              transaction.set(key("a"), value("1"));
              transaction.clear(key("a"));
              transaction.clear(key("a"), key("c"));
              transaction.set(key("b"), value("2"));
              transaction.set(key("c"), value("3"));
              transaction.clear(key("c"));
              return true;
            });
    assertThat(stored("a")).isNull();
    assertThat(stored("b")).isEqualTo(value("2"));
    assertThat(stored("c")).isNull();
  }

  @Test
  default void addsOverOwnAndStoredValues() {
    put("stored", littleEndian(40));
    store()
        .run(
            transaction -> {
              transaction.mutate(MutationType.ADD, key("stored"), littleEndian(1));
              transaction.mutate(MutationType.ADD, key("stored"), littleEndian(1));
              assertThat(transaction.get(key("stored")).join()).isEqualTo(littleEndian(42));
              transaction.set(key("own"), littleEndian(1));
              transaction.mutate(MutationType.ADD, key("own"), littleEndian(2));
              assertThat(transaction.get(key("own")).join()).isEqualTo(littleEndian(3));
              transaction.clear(key("stored"));
              transaction.mutate(MutationType.ADD, key("stored"), littleEndian(7));
              assertThat(transaction.get(key("stored")).join()).isEqualTo(littleEndian(7));
              return true;
            });
    assertThat(stored("stored")).isEqualTo(littleEndian(7));
    assertThat(stored("own")).isEqualTo(littleEndian(3));
  }

  @Test
  default void givesVersionsThatGrow() {
    long before = store().run(transaction -> transaction.getReadVersion().join());
    long committed;
    try (Transaction transaction = store().createTransaction()) {
      transaction.set(key("a"), value("a"));
      transaction.commit().join();
      committed = transaction.getCommittedVersion();
    }
    long after = store().run(transaction -> transaction.getReadVersion().join());
    assertThat(committed).isGreaterThan(before);
    assertThat(after).isGreaterThanOrEqualTo(committed);
  }

  @Test
  default void snapshotsOfSnapshotsAreThemselves() {
    try (Transaction transaction = store().createTransaction()) {
      ReadTransaction view = transaction.snapshot();
      assertThat(transaction.isSnapshot()).isFalse();
      assertThat(view.isSnapshot()).isTrue();
      assertThat(view.snapshot()).isSameAs(view);
      assertThat(view.getReadVersion().join()).isEqualTo(transaction.getReadVersion().join());
    }
  }
}
