package io.dgen.store.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.error.DgenException;
import io.dgen.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A directory that is neither empty nor a whole store is refused, and nothing in it is changed:
 * half of a backup that was copied, files that were cut, files of something else.
 */
final class LocalStoreWholeTest {

  private static final int KEYS = 20;

  @TempDir private Path temporary;

  @Test
  void everySubsetOfTheFilesThatMatterIsRefusedOrWhole() throws Exception {
    for (Path store : List.of(closed(), killed())) {
      List<List<Path>> groups = new ArrayList<>();
      List<Path> notes = new ArrayList<>();
      for (Path file : StoreFiles.files(store)) {
        if (isNote(file)) {
          notes.add(file);
        } else {
          groups.add(List.of(file));
        }
      }
      groups.add(notes);
      tryAllSubsets(store, groups);
    }
  }

  @Test
  @Tag("long")
  void everySubsetOfAllFilesOfAClosedStoreIsRefusedOrWhole() throws Exception {
    Path store = closed();
    tryAllSubsets(store, StoreFiles.files(store).stream().map(List::of).toList());
  }

  private void tryAllSubsets(Path store, List<List<Path>> groups) throws IOException {
    assertThat(groups).hasSizeBetween(5, 16);
    int whole = 0;
    for (int subset = 0; subset < 1 << groups.size(); subset++) {
      Path copy = temporary.resolve("copy");
      StoreFiles.delete(copy);
      Files.createDirectory(copy);
      List<Path> taken = new ArrayList<>();
      for (int i = 0; i < groups.size(); i++) {
        if ((subset & (1 << i)) != 0) {
          taken.addAll(groups.get(i));
        }
      }
      for (Path file : taken) {
        Files.createDirectories(copy.resolve(file).getParent());
        Files.copy(store.resolve(file), copy.resolve(file));
      }
      int found = open(copy);
      if (subset == 0) {
        assertThat(found).as("an empty directory is a new store").isZero();
      } else {
        assertThat(found).as("%s", taken).isIn(-1, KEYS);
        whole += found == KEYS ? 1 : 0;
      }
    }
    assertThat(whole).as("some files are not needed").isPositive();
  }

  @Test
  void everyFileThatMattersAndIsCutIsRefusedOrWhole() throws Exception {
    for (Path store : List.of(closed(), killed())) {
      for (Path file : StoreFiles.files(store)) {
        if (!isNote(file)) {
          int length = (int) Files.size(store.resolve(file));
          tryCut(store, file, 0, length / 2);
        }
      }
    }
  }

  @Test
  @Tag("long")
  void everyFileThatIsCutAnywhereIsRefusedOrWhole() throws Exception {
    for (Path store : List.of(closed(), killed())) {
      for (Path file : StoreFiles.files(store)) {
        int length = (int) Files.size(store.resolve(file));
        int step = Math.max(1, length / 15);
        tryCut(store, file, IntStream.range(0, length).filter(at -> at % step == 0).toArray());
      }
    }
  }

  private void tryCut(Path store, Path file, int... lengths) throws IOException {
    byte[] bytes = Files.readAllBytes(store.resolve(file));
    for (int length : lengths) {
      if (length >= 0 && length < bytes.length) {
        Path copy = copyOf(store);
        Files.write(copy.resolve(file), Arrays.copyOf(bytes, length));
        assertThat(open(copy)).as("%s cut to %s", file, length).isIn(-1, KEYS);
      }
    }
  }

  /** Whether a file holds nothing that the store needs. */
  private static boolean isNote(Path file) {
    return file.getFileName()
        .toString()
        .matches("LOG.*|LOCK|IDENTITY|OPTIONS-.*|dgen-store\\.lock");
  }

  @Test
  void everyFileThatIsGarbageIsRefusedOrWhole() throws Exception {
    for (Path store : List.of(closed(), killed())) {
      for (Path file : StoreFiles.files(store).stream().filter(path -> !isNote(path)).toList()) {
        Path copy = copyOf(store);
        Files.write(
            copy.resolve(file), "this is of something else\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(open(copy)).as("%s", file).isIn(-1, KEYS);
      }
    }
  }

  @Test
  void filesOfADifferentStoreAreRefusedOrWhole() throws Exception {
    Path store = closed();
    Path other = temporary.resolve("other");
    try (Store opened = LocalStore.open(other)) {
      fill(opened, KEYS + 7);
    }
    for (Path file : StoreFiles.files(store)) {
      if (Files.exists(other.resolve(file))) {
        Path copy = copyOf(store);
        Files.delete(copy.resolve(file));
        Files.copy(other.resolve(file), copy.resolve(file));
        assertThat(open(copy)).as("%s", file).isIn(-1, KEYS);
      }
    }
  }

  @Test
  void aStoreWhoseMarkerIsMissingIsNotTakenForANewOne() throws Exception {
    Path store = closed();
    Files.delete(store.resolve("dgen-store.properties"));
    Files.delete(store.resolve("rocksdb/CURRENT"));
    for (int i = 0; i < 2; i++) {
      SortedMap<String, String> before = StoreFiles.fingerprint(store);
      assertThatThrownBy(() -> LocalStore.open(store))
          .isInstanceOf(DgenException.class)
          .hasMessageContaining("neither empty nor a complete store")
          .hasMessageContaining("dgen-store.properties");
      assertThat(StoreFiles.fingerprint(store)).isEqualTo(before);
    }
  }

  @Test
  void aStoreThatWasNeverMadeWholeIsMadeAgain() throws Exception {
    Path store = closed();
    Path begun = temporary.resolve("begun");
    Files.createDirectories(begun.resolve("rocksdb"));
    Files.createFile(begun.resolve("dgen-store.creating"));
    Files.copy(store.resolve("rocksdb/CURRENT"), begun.resolve("rocksdb/CURRENT"));
    Files.createFile(begun.resolve("rocksdb/000004.log"));
    try (Store opened = LocalStore.open(begun)) {
      assertThat(count(opened)).isZero();
    }
    assertThat(begun.resolve("dgen-store.creating")).doesNotExist();

    Path restoredInto = temporary.resolve("restored-into");
    StoreFiles.copy(store, restoredInto);
    Files.delete(restoredInto.resolve("dgen-store.properties"));
    Files.createFile(restoredInto.resolve("dgen-store.creating"));
    assertThat(open(restoredInto)).as("it has data of somebody").isEqualTo(-1);
  }

  /** How many keys a store has; -1 if it was refused, and then nothing in it was changed. */
  private static int open(Path store) throws IOException {
    SortedMap<String, String> before = StoreFiles.fingerprint(store);
    try (Store opened = LocalStore.open(store)) {
      return count(opened);
    } catch (DgenException e) {
      assertThat(e).hasMessageContaining(store.toString());
      assertThat(StoreFiles.fingerprint(store)).as("after %s", e.getMessage()).isEqualTo(before);
      return -1;
    }
  }

  private static int count(Store store) {
    return store.read(
        transaction -> transaction.getRange(new byte[0], new byte[] {-1}, 0).join().size());
  }

  private Path copyOf(Path store) throws IOException {
    Path copy = temporary.resolve("copy");
    StoreFiles.delete(copy);
    StoreFiles.copy(store, copy);
    return copy;
  }

  /** A store that was closed in order. */
  private Path closed() {
    Path store = temporary.resolve("closed");
    try (Store opened = LocalStore.open(store)) {
      fill(opened, KEYS);
    }
    return store;
  }

  /** A store whose process is gone, as far as its files tell. */
  private Path killed() throws IOException {
    Path store = temporary.resolve("open");
    Path killed = temporary.resolve("killed");
    LocalStore.open(store).close();
    try (Store opened = LocalStore.open(store)) {
      fill(opened, KEYS);
      StoreFiles.copy(store, killed);
    }
    return killed;
  }

  private static void fill(Store store, int keys) {
    for (int i = 0; i < keys; i++) {
      byte[] key = MixedKeys.key(i);
      store.run(
          transaction -> {
            transaction.set(key, new byte[100]);
            return true;
          });
    }
  }
}
