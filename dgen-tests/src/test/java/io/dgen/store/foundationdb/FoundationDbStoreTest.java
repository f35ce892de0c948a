package io.dgen.store.foundationdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.apple.foundationdb.FDB;
import com.apple.foundationdb.directory.DirectoryLayer;
import io.dgen.error.DgenException;
import io.dgen.store.Keys;
import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Opening, closing and settings on a real cluster. */
@OnCluster
final class FoundationDbStoreTest {

  private static final byte[] KEY = "key".getBytes(UTF_8);
  private static final byte[] OTHER = "other".getBytes(UTF_8);
  private static final byte[] END = {(byte) 0xFF};

  @Test
  void keepsItsDataInADirectory() {
    String[] path = {"dgen-test", UUID.randomUUID().toString()};
    FoundationDbOptions options = TestClusters.options().directory(path).build();
    try {
      try (Store store = FoundationDbStore.open(options)) {
        put(store, "1");
      }
      try (Store store = FoundationDbStore.open(options);
          Store same = FoundationDbStore.open(options)) {
        assertThat(get(store)).isEqualTo("1");
        put(same, "2");
        assertThat(get(store)).isEqualTo("2");
      }
    } finally {
      remove(path);
    }
  }

  @Test
  void twoPrefixesAreTwoStores() {
    byte[] one = TestClusters.prefix();
    byte[] two = TestClusters.prefix();
    try (Store left = FoundationDbStore.open(TestClusters.options().prefix(one).build());
        Store right = FoundationDbStore.open(TestClusters.options().prefix(two).build())) {
      put(left, "left");
      put(right, "right");
      assertThat(get(left)).isEqualTo("left");
      assertThat(count(left, 0)).isEqualTo(1);
      clear(left);
      assertThat(get(right)).isEqualTo("right");
      clear(right);
    }
  }

  @Test
  void prefixesAndDirectoriesMayHoldAnyCharacter() {
    byte[] odd = {0, (byte) 0xFF, 0, (byte) 0xFE, 10, 1, (byte) 0x80};
    try (Store store =
        FoundationDbStore.open(
            TestClusters.options().prefix(Keys.join(TestClusters.prefix(), odd)).build())) {
      put(store, "odd");
      assertThat(get(store)).isEqualTo("odd");
      assertThat(count(store, 0)).isEqualTo(1);
      clear(store);
      assertThat(count(store, 0)).isZero();
    }
    String[] path = {"dgen-test", UUID.randomUUID().toString(), "a/b %\\ \u00fc"};
    FoundationDbOptions options = TestClusters.options().directory(path).build();
    try (Store store = FoundationDbStore.open(options);
        Store same = FoundationDbStore.open(options)) {
      put(store, "odd");
      assertThat(get(same)).isEqualTo("odd");
    } finally {
      remove(path);
    }
  }

  /** On the network thread, blocking would stop the client for ever. */
  @Test
  void whatIsAttachedToAFutureMayBlock() {
    try (Store store =
            FoundationDbStore.open(TestClusters.options().prefix(TestClusters.prefix()).build());
        Transaction transaction = store.createTransaction();
        Transaction failing = store.createTransaction()) {
      List<CompletableFuture<String>> blocking = new ArrayList<>();
      blocking.add(transaction.get(KEY).thenApply(value -> get(store)));
      blocking.add(transaction.getRange(new byte[0], END, 0).thenApply(pairs -> get(store)));
      blocking.add(transaction.getReadVersion().thenApply(version -> get(store)));
      blocking.add(transaction.watch(KEY).thenApply(fired -> get(store)));
      transaction.set(OTHER, new byte[0]);
      blocking.add(transaction.getVersionstamp().thenApply(stamp -> get(store)));
      blocking.add(transaction.commit().thenApply(done -> get(store)));
      blocking.add(
          failing
              .onError(new StoreException(StoreError.NOT_COMMITTED))
              .thenApply(ready -> get(store)));
      blocking.getLast().join();
      put(store, "changed");
      assertThat(blocking).allSatisfy(future -> assertThat(future.join()).isIn("", "changed"));
      clear(store);
    }
  }

  @Test
  void limitsWatchesAsItsOptionsSay() {
    FoundationDbOptions options =
        TestClusters.options().prefix(TestClusters.prefix()).maxWatches(1).build();
    try (Store store = FoundationDbStore.open(options);
        Transaction transaction = store.createTransaction()) {
      // The one whose read comes back last is refused.
      CompletableFuture<Object> refused =
          CompletableFuture.anyOf(transaction.watch(KEY), transaction.watch(OTHER));
      assertThat(error(catchThrowable(refused::join))).isEqualTo(StoreError.TOO_MANY_WATCHES);
    }
  }

  @Test
  void refusesOtherNetworkSettingsInOneJvm() {
    FoundationDbOptions options = TestClusters.options().prefix(TestClusters.prefix()).build();
    try (Store store = FoundationDbStore.open(options)) {
      assertThatThrownBy(
              () ->
                  FoundationDbStore.open(
                      TestClusters.options().knob("future_version_retry_delay", "0.5").build()))
          .isInstanceOf(DgenException.class)
          .hasMessageContaining("once in a JVM")
          .hasMessageContaining("0.001")
          .hasMessageContaining("0.5");
      assertThat(store.<Long>read(t -> t.getReadVersion().join())).isPositive();
    }
  }

  @Test
  void saysThatAClusterDoesNotAnswer(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("fdb.cluster");
    Files.writeString(file, "nobody:there@127.0.0.1:1\n");
    assertThatThrownBy(
            () ->
                FoundationDbStore.open(
                    FoundationDbOptions.builder()
                        .clusterFile(file)
                        .connectTimeout(Duration.ofSeconds(1))
                        .build()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining("PT1S");
  }

  @Test
  void saysThatThereIsNoClusterFile(@TempDir Path directory) {
    Path file = directory.resolve("missing");
    assertThatThrownBy(
            () ->
                FoundationDbStore.open(
                    FoundationDbOptions.builder()
                        .clusterFile(file)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build()))
        .isInstanceOf(DgenException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void closingFailsWhatIsOpen() {
    Store store =
        FoundationDbStore.open(TestClusters.options().prefix(TestClusters.prefix()).build());
    CompletableFuture<Void> watch;
    try (Transaction transaction = store.createTransaction()) {
      watch = transaction.watch(KEY);
      transaction.commit().join();
    }
    Transaction open = store.createTransaction();
    open.getReadVersion().join();
    store.close();
    store.close();
    assertThat(error(catchThrowable(watch::join))).isEqualTo(StoreError.STORE_CLOSED);
    assertThat(error(catchThrowable(() -> open.get(KEY).join())))
        .isEqualTo(StoreError.STORE_CLOSED);
    assertThat(error(catchThrowable(store::createTransaction))).isEqualTo(StoreError.STORE_CLOSED);
  }

  @Test
  void givesTransactionsTheDefaultsOfTheStore() {
    FoundationDbOptions options =
        TestClusters.options()
            .prefix(TestClusters.prefix())
            .transactionTimeout(Duration.ofMillis(200))
            .retryLimit(1)
            .maxRetryDelay(Duration.ofMillis(5))
            .tags("dgen-test")
            .build();
    try (Store store = FoundationDbStore.open(options);
        Transaction once = store.createTransaction();
        Transaction late = store.createTransaction()) {
      StoreException conflict = new StoreException(StoreError.NOT_COMMITTED);
      once.onError(conflict).join();
      assertThat(error(catchThrowable(once.onError(conflict)::join)))
          .isEqualTo(StoreError.NOT_COMMITTED);
      await()
          .untilAsserted(
              () ->
                  assertThat(error(catchThrowable(late.get(KEY)::join)))
                      .isEqualTo(StoreError.TRANSACTION_TIMED_OUT));
    }
  }

  @Test
  void runsInBatchPriorityAfterAReset() {
    FoundationDbOptions options = TestClusters.options().prefix(TestClusters.prefix()).build();
    try (Store store = FoundationDbStore.open(options);
        Transaction transaction =
            store.createTransaction(
                TransactionOptions.builder().priority(TransactionOptions.Priority.BATCH).build())) {
      transaction.onError(new StoreException(StoreError.NOT_COMMITTED)).join();
      assertThat(transaction.getReadVersion().join()).isPositive();
    }
  }

  @Test
  void readsOfManyMegabytesComeWhole() {
    FoundationDbOptions options = TestClusters.options().prefix(TestClusters.prefix()).build();
    try (Store store = FoundationDbStore.open(options)) {
      List<byte[]> keys = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        keys.add(new byte[] {(byte) i});
      }
      store.run(
          transaction -> {
            keys.forEach(key -> transaction.set(key, new byte[100_000]));
            return true;
          });
      assertThat(count(store, 0)).isEqualTo(60);
      assertThat(count(store, 50)).isEqualTo(50);
      clear(store);
    }
  }

  /** Removes a directory, and the one above it, which is of the same test. */
  private static void remove(String... path) {
    try (var database =
        FDB.selectAPIVersion(Network.API_VERSION).open(System.getenv(OnCluster.VARIABLE))) {
      assertThat(
              DirectoryLayer.getDefault()
                  .removeIfExists(database, List.of(path).subList(0, 2))
                  .join())
          .isTrue();
    }
  }

  private static void put(Store store, String value) {
    store.run(
        transaction -> {
          transaction.set(KEY, value.getBytes(UTF_8));
          return true;
        });
  }

  private static String get(Store store) {
    byte[] value = store.read(transaction -> transaction.get(KEY).join());
    return value == null ? "" : new String(value, UTF_8);
  }

  private static int count(Store store, int limit) {
    return store.<Integer>read(
        transaction -> transaction.getRange(new byte[0], END, limit).join().size());
  }

  private static void clear(Store store) {
    store.run(
        transaction -> {
          transaction.clear(new byte[0], END);
          return true;
        });
  }

  private static @Nullable Object error(@Nullable Throwable failure) {
    return failure != null
            && Failures.cause(failure) instanceof StoreException store
            && store.error().isPresent()
        ? store.error().get()
        : failure;
  }
}
