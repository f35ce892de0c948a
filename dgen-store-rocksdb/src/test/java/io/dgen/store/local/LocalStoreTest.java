package io.dgen.store.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.dgen.error.DgenException;
import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Opening, closing, and the directory. */
final class LocalStoreTest {

  private static final byte[] KEY = "key".getBytes(UTF_8);

  @TempDir private Path directory;

  @Test
  void keepsDataAndNeverGoesBackOverReopening() {
    long version = 0;
    byte[] stamp = new byte[10];
    for (int round = 0; round < 5; round++) {
      try (Store store = LocalStore.open(directory);
          Transaction transaction = store.createTransaction()) {
        byte[] stored = transaction.get(KEY).join();
        assertThat(stored == null ? 0 : stored[0]).isEqualTo((byte) round);
        assertThat(transaction.getReadVersion().join()).isGreaterThan(version);
        transaction.set(KEY, new byte[] {(byte) (round + 1)});
        CompletableFuture<byte[]> next = transaction.getVersionstamp();
        transaction.commit().join();
        assertThat(Arrays.compareUnsigned(next.join(), stamp)).isPositive();
        stamp = next.join();
        version = store.read(other -> other.getReadVersion().join());
        assertThat(version).isGreaterThanOrEqualTo(transaction.getCommittedVersion());
      }
    }
  }

  @Test
  void refusesToOpenTwiceInOneProcess() {
    try (Store store = LocalStore.open(directory)) {
      assertThatThrownBy(() -> LocalStore.open(directory))
          .isInstanceOf(DgenException.class)
          .hasMessageContaining(directory.toString())
          .hasMessageContaining("this process")
          .hasMessageContaining("pid " + ProcessHandle.current().pid());
      assertThat(store.<Boolean>run(transaction -> true)).isTrue();
    }
    LocalStore.open(directory).close();
  }

  @Test
  void refusesToOpenWhatAnotherProcessHas(@TempDir Path temporary) throws Exception {
    Path data = directory.resolve("data");
    try (ChildProcess child = ChildProcess.start("hold", data, temporary)) {
      assertThat(child.readLine()).isEqualTo("open");
      assertThatThrownBy(() -> LocalStore.open(data))
          .isInstanceOf(DgenException.class)
          .hasMessageContaining("another process")
          .hasMessageContaining("pid " + child.pid())
          .hasMessageContaining("since 2");
    }
    LocalStore.open(data).close();
  }

  @Test
  void tellsAnotherProcessThatThisOneHasIt(@TempDir Path temporary) throws Exception {
    Path data = directory.resolve("data");
    try (Store store = LocalStore.open(data)) {
      // A second opener that is refused here must not undo the lock: systems with POSIX locks drop
      // those of a process when it closes any channel of the file.
      assertThatThrownBy(() -> LocalStore.open(data)).hasMessageContaining("this process");
      try (ChildProcess child = ChildProcess.start("hold", data, temporary)) {
        assertThat(child.readLine())
            .contains("another process, pid " + ProcessHandle.current().pid());
      }
      assertThat(store.<Boolean>run(transaction -> true)).isTrue();
    }
  }

  @Test
  void refusesADirectoryOfSomethingElse() throws Exception {
    Files.writeString(directory.resolve("photo.jpg"), "not a store");
    assertThatThrownBy(() -> LocalStore.open(directory))
        .isInstanceOf(DgenException.class)
        .hasMessageContaining("photo.jpg")
        .hasMessageContaining("directory of its own");
    assertThat(directory).isDirectoryContaining("glob:**photo.jpg");
    assertThat(directory.toFile().list()).as("nothing is written there").hasSize(1);
  }

  @Test
  void refusesAFile() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> LocalStore.open(file))
        .isInstanceOf(DgenException.class)
        .hasMessageContaining(file.toString());
  }

  @Test
  void refusesANewerFormat() throws Exception {
    LocalStore.open(directory).close();
    Path marker = directory.resolve("dgen-store.properties");
    Files.writeString(marker, Files.readString(marker).replace("format=3", "format=4"));
    assertThatThrownBy(() -> LocalStore.open(directory))
        .isInstanceOf(DgenException.class)
        .hasMessageContaining("has format 4")
        .hasMessageContaining("newer release");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void refusesAnOlderFormat(int format) throws Exception {
    LocalStore.open(directory).close();
    Path marker = directory.resolve("dgen-store.properties");
    String older = "format=" + format + "\nstate=closed\nversion=17\n";
    Files.writeString(marker, older);
    assertThatThrownBy(() -> LocalStore.open(directory))
        .isInstanceOf(DgenException.class)
        .hasMessageContaining("has format " + format)
        .hasMessageContaining("knows only format 3")
        .hasMessageContaining("another directory");
    assertThat(marker).hasContent(older);
  }

  @Test
  void opensAndClosesManyTimes() {
    for (int i = 0; i < 30; i++) {
      try (Store store = LocalStore.open(directory)) {
        store.run(
            transaction -> {
              transaction.set(KEY, KEY);
              return transaction.getRange(KEY, new byte[] {-1}, 0).join();
            });
      }
    }
  }

  @Test
  void closeFailsWhatIsOpen() throws Exception {
    Store store = LocalStore.open(directory);
    Transaction reading = store.createTransaction();
    reading.get(KEY).join();
    CompletableFuture<Void> watch = reading.watch(KEY);
    CompletableFuture<byte[]> stamp = reading.getVersionstamp();
    CompletableFuture<Void> armed;
    try (Transaction transaction = store.createTransaction()) {
      armed = transaction.watch(KEY);
      transaction.commit().join();
    }
    store.close();
    store.close();
    for (CompletableFuture<?> future :
        List.of(watch, stamp, armed, reading.get(KEY), reading.commit())) {
      Throwable failure = catchThrowable(future::join);
      assertThat(failure).isInstanceOf(CompletionException.class);
      assertThat(failure.getCause())
          .isInstanceOfSatisfying(
              StoreException.class,
              error -> assertThat(error.error()).contains(StoreError.STORE_CLOSED));
    }
    assertThatThrownBy(store::createTransaction).isInstanceOf(StoreException.class);
    reading.close();
  }

  @Test
  void closesWhileTransactionsRun() throws Exception {
    for (int round = 0; round < 3; round++) {
      Store store = LocalStore.open(directory);
      CountDownLatch underWay = new CountDownLatch(8);
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<StoreException>> failures = new ArrayList<>();
        for (int thread = 0; thread < 8; thread++) {
          byte[] key = {(byte) thread};
          failures.add(threads.submit(() -> useUntilClosed(store, key, underWay)));
        }
        underWay.await();
        store.close();
        for (Future<StoreException> failure : failures) {
          assertThat(failure.get().error()).contains(StoreError.STORE_CLOSED);
        }
      }
    }
  }

  private static StoreException useUntilClosed(Store store, byte[] key, CountDownLatch underWay) {
    while (true) {
      try {
        store.run(
            transaction -> {
              var all = transaction.getRange(new byte[0], new byte[] {-1}, 0).join();
              transaction.set(key, new byte[] {(byte) all.size()});
              return true;
            });
        underWay.countDown();
      } catch (StoreException e) {
        return e;
      }
    }
  }
}
