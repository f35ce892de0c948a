package io.dgen.store;

import static io.dgen.store.StoreFixture.assertFails;
import static io.dgen.store.StoreFixture.assertThrows;
import static io.dgen.store.StoreFixture.stamped;
import static io.dgen.store.StoreFixture.value;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Versionstamps: their place, their order, and that nobody reads them too early. */
interface VersionstampContract extends StoreFixture {

  @Test
  default void putsTheStampIntoKeysAndValues() {
    byte[] stamp;
    long version;
    try (Transaction transaction = store().createTransaction()) {
      transaction.mutate(
          MutationType.SET_VERSIONSTAMPED_KEY, stamped(key("q/"), value("/x")), value("item"));
      transaction.mutate(
          MutationType.SET_VERSIONSTAMPED_VALUE, key("v"), stamped(value("<"), value(">")));
      CompletableFuture<byte[]> future = transaction.getVersionstamp();
      transaction.commit().join();
      stamp = future.join();
      version = transaction.getCommittedVersion();
    }
    assertThat(stamp).hasSize(10);
    assertThat(ByteBuffer.wrap(stamp).getLong()).isEqualTo(version);
    assertThat(stored("v")).isEqualTo(Keys.join(value("<"), stamp, value(">")));
    try (Transaction transaction = store().createTransaction()) {
      assertThat(transaction.get(Keys.join(key("q/"), stamp, value("/x"))).join())
          .isEqualTo(value("item"));
    }
  }

  @Test
  default void ordersStampsAsCommits() {
    List<CompletableFuture<byte[]>> stamps = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      push(value("" + i), stamps).join();
    }
    assertThat(items()).isEqualTo(IntStream.range(0, 20).mapToObj(i -> "" + i).toList());
    assertThat(stamps.stream().map(CompletableFuture::join).toList())
        .isSortedAccordingTo(Arrays::compareUnsigned)
        .doesNotHaveDuplicates();
  }

  @Test
  default void stampsOfConcurrentCommitsAreDistinct() {
    List<CompletableFuture<byte[]>> stamps = new ArrayList<>();
    List<CompletableFuture<Void>> commits = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      commits.add(push(value("" + i), stamps));
    }
    commits.forEach(CompletableFuture::join);
    assertThat(items()).hasSize(100);
    assertThat(stamps.stream().map(stamp -> ByteBuffer.wrap(stamp.join())).distinct()).hasSize(100);
  }

  @Test
  default void severalStampedKeysOfOneTransactionShareTheStamp() {
    store()
        .run(
            transaction -> {
              for (String suffix : List.of("a", "b", "c")) {
                transaction.mutate(
                    MutationType.SET_VERSIONSTAMPED_KEY,
                    stamped(key("q/"), value(suffix)),
                    value(suffix));
              }
              return true;
            });
    assertThat(items()).containsExactly("a", "b", "c");
  }

  @Test
  default void whatAStampWillBeIsUnreadable() {
    try (Transaction transaction = store().createTransaction()) {
      transaction.mutate(
          MutationType.SET_VERSIONSTAMPED_VALUE, key("v"), stamped(new byte[0], new byte[0]));
      assertFails(transaction.get(key("v")), StoreError.ACCESSED_UNREADABLE);
      assertFails(transaction.snapshot().get(key("v")), StoreError.ACCESSED_UNREADABLE);
      transaction.set(key("v"), value("set"));
      assertFails(transaction.get(key("v")), StoreError.ACCESSED_UNREADABLE);
      transaction.clear(key("v"));
      assertThat(transaction.get(key("v")).join()).isNull();
    }
  }

  @Test
  default void aReadOfWhatIsUnreadableFailsTheCommit() {
    try (Transaction transaction = store().createTransaction()) {
      transaction.mutate(
          MutationType.SET_VERSIONSTAMPED_VALUE, key("v"), stamped(new byte[0], new byte[0]));
      CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
      assertFails(transaction.snapshot().get(key("v")), StoreError.ACCESSED_UNREADABLE);
      assertFails(transaction.commit(), StoreError.ACCESSED_UNREADABLE);
      awaitFailed(stamp);
      transaction.onError(new StoreException(StoreError.NOT_COMMITTED)).join();
      assertThat(transaction.get(key("v")).join()).isNull();
      transaction.commit().join();
    }
    assertThat(stored("v")).isNull();
  }

  @Test
  default void whereAStampedKeyMayLandIsUnreadable() {
    List<CompletableFuture<byte[]>> stamps = new ArrayList<>();
    push(value("first"), stamps).join();
    push(value("second"), stamps).join();
    // The stamp may be as low as the read version, so that has to be above those of the two.
    put("z");
    try (Transaction transaction = store().createTransaction()) {
      transaction.getReadVersion().join();
      transaction.mutate(
          MutationType.SET_VERSIONSTAMPED_KEY, stamped(key("q/"), new byte[0]), value("mine"));
      assertThat(transaction.getRange(key("q/"), key("q0"), 2).join())
          .as("what is there already can be read: the stamp will be larger")
          .hasSize(2);
      assertFails(transaction.getRange(key("q/"), key("q0"), 3), StoreError.ACCESSED_UNREADABLE);
      assertThat(transaction.getRange(key("a"), key("q"), 0).join()).isEmpty();
      assertFails(
          transaction.getKey(KeySelector.lastLessThan(key("q0"))), StoreError.ACCESSED_UNREADABLE);
    }
  }

  @Test
  default void aClearAfterAStampedKeyDoesNotReachWhatComesLater() {
    store()
        .run(
            transaction -> {
              transaction.clear(key("q/"), key("q0"));
              transaction.mutate(
                  MutationType.SET_VERSIONSTAMPED_KEY, stamped(key("q/"), new byte[0]), value("a"));
              return true;
            });
    assertThat(items()).containsExactly("a");
    store()
        .run(
            transaction -> {
              transaction.mutate(
                  MutationType.SET_VERSIONSTAMPED_KEY, stamped(key("q/"), new byte[0]), value("b"));
              transaction.clear(key("q/"), key("q0"));
              return true;
            });
    assertThat(items()).isEmpty();
  }

  @Test
  default void refusesOffsetsOutside() {
    try (Transaction transaction = store().createTransaction()) {
      byte[] tooShort = {1, 2, 3};
      byte[] tooFar = stamped(key("q/"), new byte[0]);
      tooFar[tooFar.length - 4]++;
      byte[] negative = stamped(key("q/"), new byte[0]);
      negative[negative.length - 1] = (byte) 0x80;
      for (byte[] template : List.of(tooShort, tooFar, negative)) {
        assertThrows(
            () -> transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, template, value("x")),
            StoreError.INVALID_VERSIONSTAMP_OFFSET);
        assertThrows(
            () -> transaction.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, key("v"), template),
            StoreError.INVALID_VERSIONSTAMP_OFFSET);
      }
    }
  }

  @Test
  default void hasNoStampWithoutAWrite() {
    try (Transaction transaction = store().createTransaction()) {
      CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
      transaction.commit().join();
      assertThat(catchThrowable(stamp::join)).hasCauseInstanceOf(StoreException.class);
    }
  }

  @Test
  default void theStampFailsWithTheCommit() {
    put("a");
    try (Transaction transaction = store().createTransaction()) {
      transaction.get(key("a")).join();
      transaction.set(key("b"), value("b"));
      CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
      put("a");
      assertFails(transaction.commit(), StoreError.NOT_COMMITTED);
      awaitFailed(stamp);
    }
  }

  @Test
  default void theStampFailsWithACommitThatIsTooLarge() {
    try (Transaction transaction = store().createTransaction()) {
      for (int i = 0; i <= 100; i++) {
        transaction.set(key("k" + i), new byte[100_000]);
      }
      CompletableFuture<byte[]> stamp = transaction.getVersionstamp();
      assertFails(transaction.commit(), StoreError.TRANSACTION_TOO_LARGE);
      awaitFailed(stamp);
    }
  }

  /** Without the end of the transaction: that would fail it in any case. */
  private static void awaitFailed(CompletableFuture<byte[]> stamp) {
    await().untilAsserted(() -> assertThat(stamp).isCompletedExceptionally());
    assertThat(catchThrowable(stamp::join)).hasCauseInstanceOf(StoreException.class);
  }

  private CompletableFuture<Void> push(byte[] item, List<CompletableFuture<byte[]>> stamps) {
    Transaction transaction = store().createTransaction();
    transaction.mutate(MutationType.SET_VERSIONSTAMPED_KEY, stamped(key("q/"), new byte[0]), item);
    stamps.add(transaction.getVersionstamp());
    return transaction.commit().whenComplete((done, error) -> transaction.close());
  }

  private List<String> items() {
    try (Transaction transaction = store().createTransaction()) {
      return transaction.getRange(key("q/"), key("q0"), 0).join().stream()
          .map(pair -> new String(pair.value(), UTF_8))
          .toList();
    }
  }
}
