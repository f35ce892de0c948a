package io.dgen.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.dgen.error.DgenException;
import io.dgen.store.KeyValue;
import io.dgen.store.Store;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backup is made while the store is in use, is whole or refused, and opens as another store. */
final class LocalStoreBackupTest {

  @TempDir private Path temporary;

  @Test
  void aBackupOfABusyStoreHasWhatWasAcknowledgedBefore() throws Exception {
    Path backup = temporary.resolve("backup");
    AtomicInteger acknowledged = new AtomicInteger();
    AtomicBoolean enough = new AtomicBoolean();
    try (LocalStore store = LocalStore.open(temporary.resolve("data"));
        ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<?> writer =
          threads.submit(
              () -> {
                while (!enough.get()) {
                  add(store, acknowledged.get());
                  acknowledged.incrementAndGet();
                }
              });
      Awaitility.await().until(() -> acknowledged.get() > 20);
      int before = acknowledged.get();
      store.backup(backup);
      int after = acknowledged.get();
      Awaitility.await().until(() -> acknowledged.get() > after);
      enough.set(true);
      writer.get();
      try (LocalStore restored = LocalStore.open(backup)) {
        List<KeyValue> pairs = all(restored);
        assertThat(pairs).hasSizeBetween(before, after + 1);
        for (int i = 0; i < pairs.size(); i++) {
          assertThat(pairs.get(i).key()).isEqualTo(key(i));
        }
        assertThat(restored.incarnation()).isNotEqualTo(store.incarnation());
      }
      assertThat(all(store)).hasSize(acknowledged.get());
    }
  }

  @Test
  void eachRestoredCopyIsAnIncarnationOfItsOwnAndStaysIt() throws Exception {
    Path backup = temporary.resolve("backup");
    Path first = temporary.resolve("first");
    Path second = temporary.resolve("second");
    String original;
    long version;
    try (LocalStore store = LocalStore.open(temporary.resolve("data"))) {
      add(store, 0);
      version = store.read(transaction -> transaction.getReadVersion().join());
      store.backup(backup);
      original = store.incarnation();
    }
    StoreFiles.copy(backup, first);
    StoreFiles.copy(backup, second);
    String incarnation;
    try (LocalStore store = LocalStore.open(first)) {
      incarnation = store.incarnation();
      assertThat(store.<Long>read(transaction -> transaction.getReadVersion().join()))
          .isGreaterThan(version);
    }
    try (LocalStore again = LocalStore.open(first);
        LocalStore other = LocalStore.open(second)) {
      assertThat(again.incarnation()).isEqualTo(incarnation);
      assertThat(List.of(original, incarnation)).doesNotContain(other.incarnation());
      assertThat(all(again)).hasSize(1);
    }
  }

  @Test
  void aBackupThatIsNotWholeIsRefused() throws Exception {
    Path backup = temporary.resolve("backup");
    try (LocalStore store = LocalStore.open(temporary.resolve("data"))) {
      for (int i = 0; i < 10; i++) {
        add(store, i);
      }
      store.backup(backup);
    }
    for (Path file : StoreFiles.files(backup)) {
      Path copy = copyOf(backup);
      Files.delete(copy.resolve(file));
      assertIsRefused(copy);
      byte[] bytes = Files.readAllBytes(backup.resolve(file));
      if (bytes.length > 0) {
        Files.write(copy.resolve(file), Arrays.copyOf(bytes, bytes.length / 2));
        assertIsRefused(copy);
      }
    }
    for (String extra :
        List.of("rocksdb/000999.log", "rocksdb/000999.sst", "dgen-store.unfinished-backup")) {
      Path copy = copyOf(backup);
      Files.createFile(copy.resolve(extra));
      assertIsRefused(copy);
    }
  }

  @Test
  void aBackupThatIsCopiedOverAnotherStoreIsRefused() throws Exception {
    Path data = temporary.resolve("data");
    Path backup = temporary.resolve("backup");
    try (LocalStore store = LocalStore.open(data)) {
      add(store, 0);
      store.backup(backup);
      add(store, 1);
    }
    for (Path file : StoreFiles.files(backup)) {
      Files.deleteIfExists(data.resolve(file));
      Files.copy(backup.resolve(file), data.resolve(file));
    }
    assertIsRefused(data);
  }

  @Test
  void aTargetThatIsNotEmptyOrNotItsOwnIsRefused() throws Exception {
    Path data = temporary.resolve("data");
    Path used = Files.createDirectory(temporary.resolve("used"));
    Path file = Files.writeString(used.resolve("file"), "of somebody");
    Path within = data.resolve("scratch");
    try (LocalStore store = LocalStore.open(data)) {
      add(store, 0);
      for (Path target :
          List.of(used, file, data, within, temporary.resolve("missing").resolve("backup"))) {
        assertThatThrownBy(() -> store.backup(target))
            .isInstanceOf(DgenException.class)
            .hasMessageContaining(target.toString());
      }
      assertThat(used.toFile().list()).containsExactly("file");
      assertThat(within).doesNotExist();
      Path empty = Files.createDirectory(temporary.resolve("empty"));
      store.backup(empty);
      LocalStore.open(empty).close();
    }
  }

  @Test
  void aStoreThatIsDamagedHasNoBackup() throws Exception {
    Path data = temporary.resolve("data");
    LocalStore.open(data).close();
    try (LocalStore store = LocalStore.open(data)) {
      for (int i = 0; i < 300; i++) {
        add(store, i);
      }
    }
    LocalStore store = LocalStore.open(data);
    try {
      for (Path file : StoreFiles.files(data)) {
        if (file.toString().endsWith(".sst")) {
          byte[] bytes = Files.readAllBytes(data.resolve(file));
          bytes[bytes.length / 4] ^= 0x55;
          Files.write(data.resolve(file), bytes);
        }
      }
      Path backup = temporary.resolve("backup");
      assertThatThrownBy(() -> store.backup(backup))
          .isInstanceOfSatisfying(
              StoreException.class,
              error -> assertThat(error.error()).contains(StoreError.IO_ERROR))
          .hasMessageContaining("incomplete");
      assertIsRefused(backup);
    } finally {
      // RocksDB may have met the damage by itself, which closing then says.
      Throwable unused = catchThrowable(store::close);
    }
  }

  @Test
  void aClosedStoreHasNoBackup() {
    Path backup = temporary.resolve("backup");
    LocalStore closed = LocalStore.open(temporary.resolve("data"));
    closed.close();
    assertThatThrownBy(() -> closed.backup(backup))
        .isInstanceOfSatisfying(
            StoreException.class,
            error -> assertThat(error.error()).contains(StoreError.STORE_CLOSED));
    assertThat(backup).doesNotExist();
  }

  private static void assertIsRefused(Path store) throws IOException {
    SortedMap<String, String> before = StoreFiles.fingerprint(store);
    assertThatThrownBy(() -> LocalStore.open(store))
        .isInstanceOf(DgenException.class)
        .hasMessageContaining(store.toString());
    assertThat(StoreFiles.fingerprint(store)).isEqualTo(before);
  }

  private Path copyOf(Path store) throws IOException {
    Path copy = temporary.resolve("copy");
    StoreFiles.delete(copy);
    StoreFiles.copy(store, copy);
    return copy;
  }

  private static void add(Store store, int number) {
    store.run(
        transaction -> {
          transaction.set(key(number), new byte[500]);
          return true;
        });
  }

  private static List<KeyValue> all(Store store) {
    return store.read(transaction -> transaction.getRange(new byte[0], new byte[] {-1}, 0).join());
  }

  private static byte[] key(int number) {
    return MixedKeys.key(number);
  }
}
