package io.dgen.store;

import static io.dgen.store.StoreFixture.assertFails;
import static io.dgen.store.StoreFixture.assertThrows;
import static io.dgen.store.StoreFixture.littleEndian;
import static io.dgen.store.StoreFixture.stamped;
import static io.dgen.store.StoreFixture.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * What a clear does to a versionstamped key that the same transaction has set before: mutations
 * apply in order, to the key that the stamp really becomes.
 */
interface StampedClearContract extends StoreFixture {

  @Test
  default void aClearBelowEveryStampLeavesAStampedKey() {
    try (Transaction transaction = store().createTransaction()) {
      push(transaction, "new");
      transaction.clear(key("q/"), at(1));
      transaction.commit().join();
    }
    assertThat(queued()).containsExactly("new");
  }

  /** As a consumer does that pops and pushes: the last one popped may be of the read version. */
  @Test
  default void aClearUpToTheReadVersionLeavesAStampedKey() {
    store().run(transaction -> push(transaction, "old"));
    try (Transaction transaction = store().createTransaction()) {
      long version = transaction.getReadVersion().join();
      push(transaction, "new");
      transaction.clear(key("q/"), Keys.join(at(version), new byte[] {0, 7, 1}));
      transaction.commit().join();
    }
    assertThat(queued()).containsExactly("new");
  }

  @Test
  default void aClearOfAllThatWasReadLeavesAStampedKey() {
    store().run(transaction -> push(transaction, "old"));
    try (Transaction transaction = store().createTransaction()) {
      List<KeyValue> rows = transaction.getRange(key("q/"), key("q0"), 0).join();
      push(transaction, "new");
      transaction.clear(key("q/"), Keys.after(rows.get(0).key()));
      transaction.commit().join();
    }
    assertThat(queued()).containsExactly("new");
  }

  @Test
  default void aClearUpToAReadVersionThatCameLaterLeavesAStampedKey() {
    store().run(transaction -> push(transaction, "old"));
    try (Transaction transaction = store().createTransaction()) {
      push(transaction, "new");
      long version = transaction.getReadVersion().join();
      transaction.clear(key("q/"), at(version + 1));
      transaction.clear(Keys.join(key("q/"), new byte[7]), at(version + 1));
      transaction.commit().join();
    }
    assertThat(queued()).containsExactly("new");
  }

  @Test
  default void severalClearsLeaveSeveralStampedKeys() {
    try (Transaction transaction = store().createTransaction()) {
      long version = transaction.getReadVersion().join();
      push(transaction, "a");
      transaction.clear(key("q/"), at(version + 1));
      push(transaction, "b");
      push(transaction, "a", value("again"));
      transaction.clear(key("q/"), at(version));
      transaction.clear(key("q/"), at(version + 1));
      transaction.commit().join();
    }
    assertThat(queued()).containsExactly("again", "b");
  }

  @Test
  default void aClearOfEveryPossibleKeyDropsAStampedKey() {
    store().run(transaction -> push(transaction, "old"));
    try (Transaction transaction = store().createTransaction()) {
      long version = transaction.getReadVersion().join();
      push(transaction, "dropped");
      transaction.clear(at(version + 1), key("q0"));
      transaction.commit().join();
    }
    assertThat(queued()).containsExactly("old");
    try (Transaction transaction = store().createTransaction()) {
      long version = transaction.getReadVersion().join();
      push(transaction, "dropped");
      push(transaction, "dropped too");
      transaction.clear(Keys.join(at(version), new byte[] {0, 9}), key("q0"));
      push(transaction, "new");
      transaction.commit().join();
    }
    assertThat(queued()).containsExactly("old", "new");
    try (Transaction transaction = store().createTransaction()) {
      push(transaction, "dropped");
      transaction.getReadVersion().join();
      transaction.clear(key("q/"), key("q0"));
      transaction.commit().join();
    }
    assertThat(queued()).isEmpty();
  }

  @Test
  default void refusesAClearOfSomeOfThePossibleKeys() {
    try (Transaction transaction = store().createTransaction()) {
      long version = transaction.getReadVersion().join();
      push(transaction, "new");
      assertThrows(() -> transaction.clear(key("q/"), at(version + 2)), StoreError.UNDECIDED_CLEAR);
      assertThrows(() -> transaction.clear(at(version + 2), key("q0")), StoreError.UNDECIDED_CLEAR);
      assertThrows(
          () -> transaction.clear(Keys.join(at(version + 2), new byte[2], value("new"))),
          StoreError.UNDECIDED_CLEAR);
      // Between two possible keys there is nothing that it could become.
      transaction.clear(Keys.join(at(version + 2), new byte[2], value("other")));
      transaction.commit().join();
    }
    assertThat(queued()).containsExactly("new");
  }

  @Test
  default void withoutAReadEveryKeyIsPossible() {
    try (Transaction transaction = store().createTransaction()) {
      push(transaction, "new");
      assertThrows(() -> transaction.clear(key("q/"), at(2)), StoreError.UNDECIDED_CLEAR);
      transaction.getReadVersion().join();
      transaction.clear(key("q/"), at(2));
      transaction.commit().join();
    }
    assertThat(queued()).containsExactly("new");
  }

  @Test
  default void aRefusedClearDoesNothing() {
    put("q/");
    try (Transaction transaction = store().createTransaction()) {
      push(transaction, "new");
      assertThrows(() -> transaction.clear(key("q/"), at(2)), StoreError.UNDECIDED_CLEAR);
      transaction.commit().join();
    }
    assertThat(queued()).containsExactly("q/", "new");
  }

  @Test
  default void otherClearsLeaveAStampedKey() {
    put("p", "r");
    try (Transaction transaction = store().createTransaction()) {
      long version = transaction.getReadVersion().join();
      push(transaction, "new");
      transaction.clear(key("a"), key("q"));
      transaction.clear(key("q0"), key("z"));
      transaction.clear(key("p"));
      transaction.clear(at(version));
      // Where FoundationDB's client keeps it until the commit.
      byte[] placeholder = stamped(key("q/"), value("new"));
      System.arraycopy(
          at(version), 0, placeholder, 0, at(version).length); // The prefix is the same.
      transaction.clear(placeholder);
      transaction.commit().join();
    }
    assertThat(queued()).containsExactly("new");
    assertThat(stored("p")).isNull();
    assertThat(stored("r")).isNull();
  }

  @Test
  default void aSetOfThePlaceholderIsAKeyOfItsOwn() {
    try (Transaction transaction = store().createTransaction()) {
      long version = transaction.getReadVersion().join();
      byte[] placeholder = stamped(key("q/"), value("new"));
      System.arraycopy(at(version), 0, placeholder, 0, at(version).length);
      transaction.set(placeholder, value("plain"));
      push(transaction, "new");
      transaction.set(Arrays.copyOf(placeholder, placeholder.length - 4), value("plain too"));
      transaction.commit().join();
    }
    assertThat(queued()).containsExactly("plain too", "plain", "new");
  }

  @Test
  default void ofTwoSetsOfAStampedKeyTheLastCounts() {
    store()
        .run(
            transaction -> {
              push(transaction, "a", value("first"));
              return push(transaction, "a", value("second"));
            });
    assertThat(queued()).containsExactly("second");
  }

  /** FoundationDB's client keeps the first one below the second, and sends it off later. */
  @Test
  default void ofTwoSetsOfAStampedKeyWithAReadInBetweenTheLastCounts() {
    try (Transaction transaction = store().createTransaction()) {
      push(transaction, "a", value("first"));
      transaction.getReadVersion().join();
      push(transaction, "a", value("second"));
      push(transaction, "", value("another"));
      transaction.commit().join();
    }
    assertThat(queued()).containsExactly("another", "second");
  }

  @Test
  default void aClearThatDoesNotReachAStampedKeyLeavesItsPlacesUnreadable() {
    try (Transaction transaction = store().createTransaction()) {
      long version = transaction.getReadVersion().join();
      push(transaction, "new");
      transaction.clear(key("q/"), at(version + 1));
      assertThat(transaction.get(key("q/")).join()).isNull();
      assertFails(transaction.getRange(key("q/"), key("q0"), 0), StoreError.ACCESSED_UNREADABLE);
    }
    try (Transaction transaction = store().createTransaction()) {
      transaction.getReadVersion().join();
      push(transaction, "new");
      transaction.clear(key("q/"), key("q0"));
      assertThat(transaction.getRange(key("q/"), key("q0"), 0).join()).isEmpty();
      transaction.commit().join();
    }
    assertThat(queued()).isEmpty();
  }

  @Test
  default void stampedValuesAreClearedSetAndAddedToInOrder() {
    store()
        .run(
            transaction -> {
              for (String name : List.of("cleared", "ranged", "set", "added", "again")) {
                transaction.mutate(
                    MutationType.SET_VERSIONSTAMPED_VALUE,
                    key(name),
                    stamped(new byte[0], new byte[0]));
              }
              transaction.clear(key("cleared"));
              transaction.clear(key("r"), key("s"));
              transaction.set(key("set"), value("set"));
              transaction.mutate(MutationType.ADD, key("added"), new byte[] {5});
              transaction.clear(key("again"));
              transaction.mutate(MutationType.ADD, key("again"), littleEndian(3));
              return true;
            });
    assertThat(stored("cleared")).isNull();
    assertThat(stored("ranged")).isNull();
    assertThat(stored("set")).isEqualTo(value("set"));
    assertThat(stored("added")).as("stamps begin with a zero").containsExactly(5);
    assertThat(stored("again")).isEqualTo(littleEndian(3));
  }

  @Test
  default void aNewAttemptKnowsNoStampedKeysOfTheLast() {
    try (Transaction transaction = store().createTransaction()) {
      push(transaction, "new");
      transaction.onError(new StoreException(StoreError.NOT_COMMITTED)).join();
      transaction.clear(key("q/"), at(2));
      transaction.set(key("a"), value("a"));
      transaction.commit().join();
    }
    assertThat(queued()).isEmpty();
  }

  private boolean push(Transaction transaction, String name) {
    return push(transaction, name, value(name));
  }

  /** Pushes an item to a queue; its name is behind the stamp. */
  private boolean push(Transaction transaction, String name, byte[] item) {
    transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, stamped(key("q/"), value(name)), item);
    return true;
  }

  /** The first place in the queue that a commit of a version may push to. */
  private byte[] at(long version) {
    return Keys.join(key("q/"), ByteBuffer.allocate(8).putLong(version).array());
  }

  private List<String> queued() {
    try (Transaction transaction = store().createTransaction()) {
      return transaction.getRange(key("q/"), key("q0"), 0).join().stream()
          .map(pair -> new String(pair.value(), UTF_8))
          .toList();
    }
  }
}
