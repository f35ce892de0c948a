package io.dgen.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.error.DgenException;
import io.dgen.store.KeyValue;
import io.dgen.store.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every file of a store is lost, cut or changed in turn: the store is refused with one clear error,
 * or all that was acknowledged is there. It is never opened with a part.
 */
final class LocalStoreDamageTest {

  private static final int TRANSACTIONS = 120;
  private static final int KEYS = 10;

  /** One way to damage a file. */
  private enum Damage {
    DELETE,
    CUT_IN_HALF,
    CUT_LAST_BYTE,
    FLIP_FIRST,
    FLIP_MIDDLE,
    FLIP_LAST
  }

  @TempDir private Path directory;

  @Test
  void isRefusedOrWholeAfterAnOrderlyClose() throws Exception {
    Path original = directory.resolve("original");
    try (Store store = LocalStore.open(original)) {
      fill(store);
    }
    // Open and close once more, so that there is more than one data file.
    LocalStore.open(original).close();
    int damages = 0;
    for (Path file : files(original)) {
      for (Damage damage : Damage.values()) {
        if (apply(damage, original, file)) {
          damages++;
          assertThat(readAll(directory.resolve("copy")))
              .as("%s of %s", damage, file)
              .isIn(-1, TRANSACTIONS * KEYS);
        }
      }
    }
    assertThat(damages).isGreaterThan(20);
  }

  @Test
  void isRefusedOrWholeAfterACrash() throws Exception {
    Path crashed = crashed();
    StoreFiles.copy(crashed, directory.resolve("copy"));
    assertThat(readAll(directory.resolve("copy"))).isEqualTo(2 * TRANSACTIONS * KEYS);
    for (Path file : files(crashed)) {
      for (Damage damage : Damage.values()) {
        if (apply(damage, crashed, file)) {
          assertThat(readAll(directory.resolve("copy")))
              .as("%s of %s", damage, file)
              .isIn(-1, 2 * TRANSACTIONS * KEYS);
        }
      }
    }
  }

  @Test
  void isRefusedOrWholeIfTheManifestEndsAfterAnyOfItsRecords() throws Exception {
    Path crashed = crashed();
    Path manifest = manifest(crashed);
    List<Integer> ends = endsOfRecords(Files.readAllBytes(crashed.resolve(manifest)));
    assertThat(ends).hasSizeGreaterThan(6);
    int refused = 0;
    for (int end : ends) {
      Path copy = directory.resolve("copy");
      StoreFiles.delete(copy);
      StoreFiles.copy(crashed, copy);
      try (FileChannel channel =
          FileChannel.open(copy.resolve(manifest), StandardOpenOption.WRITE)) {
        channel.truncate(end);
      }
      int found = readAll(copy);
      assertThat(found).as("cut at %s of %s", end, ends).isIn(-1, 2 * TRANSACTIONS * KEYS);
      refused += found < 0 ? 1 : 0;
    }
    assertThat(refused).as("refused").isPositive();
  }

  /**
   * The store of a process that was killed: of each column family there are data files, and what
   * the logs alone have.
   */
  private Path crashed() throws IOException {
    Path crashed = directory.resolve("crashed");
    try (Store store = LocalStore.open(crashed)) {
      fill(store);
    }
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    try (ChildProcess child = ChildProcess.start("fill", crashed, temporary)) {
      assertThat(child.readLine()).isEqualTo("filled");
    }
    assertThat(files(crashed).stream().filter(file -> file.toString().endsWith(".sst")))
        .as("two of the first process, and what the second one has filled a memtable with")
        .hasSizeGreaterThan(2);
    return crashed;
  }

  private static Path manifest(Path store) throws IOException {
    String name = Files.readString(store.resolve("rocksdb/CURRENT")).strip();
    return Path.of("rocksdb").resolve(name);
  }

  /** Where the records of a manifest end: it has the form of a log, in blocks of 32 KiB. */
  private static List<Integer> endsOfRecords(byte[] manifest) {
    ByteBuffer bytes = ByteBuffer.wrap(manifest).order(ByteOrder.LITTLE_ENDIAN);
    List<Integer> ends = new ArrayList<>();
    int block = 32 << 10;
    int at = 0;
    while (at + 7 <= manifest.length) {
      int left = block - at % block;
      at += left < 7 ? left : 7 + Short.toUnsignedInt(bytes.getShort(at + 4));
      ends.add(Math.min(at, manifest.length));
    }
    return ends;
  }

  /**
   * Commits transactions of some keys behind those that are there, enough for data files beside the
   * log.
   */
  static void fill(Store store) {
    int there =
        store
            .read(transaction -> transaction.getRange(new byte[0], new byte[] {-1}, 0).join())
            .size();
    for (int i = 0; i < TRANSACTIONS; i++) {
      int from = there + i * KEYS;
      store.run(
          transaction -> {
            for (int key = from; key < from + KEYS; key++) {
              transaction.set(MixedKeys.key(key), value(key));
            }
            return true;
          });
    }
  }

  /** Opens a store and reads it; -1 if it was refused, else how many keys there are. */
  private static int readAll(Path store) {
    try (Store opened = LocalStore.open(store)) {
      List<KeyValue> pairs =
          opened.read(transaction -> transaction.getRange(new byte[0], new byte[] {-1}, 0).join());
      for (int i = 0; i < pairs.size(); i++) {
        assertThat(pairs.get(i).key()).as("no hole").isEqualTo(MixedKeys.key(i));
        assertThat(pairs.get(i).value()).isEqualTo(value(i));
      }
      assertThat(pairs.size() % KEYS).as("whole transactions").isZero();
      return pairs.size();
    } catch (DgenException | CompletionException e) {
      assertThat(e).hasMessageContaining(store.toString());
      return -1;
    }
  }

  /** Makes a damaged copy; false if the file is too short for the damage. */
  private boolean apply(Damage damage, Path original, Path file) throws IOException {
    Path copy = directory.resolve("copy");
    StoreFiles.delete(copy);
    StoreFiles.copy(original, copy);
    Path target = copy.resolve(file);
    if (damage == Damage.DELETE) {
      Files.delete(target);
      return true;
    }
    try (FileChannel channel =
        FileChannel.open(target, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = channel.size();
      if (size < 2) {
        return false;
      }
      switch (damage) {
        case CUT_IN_HALF -> channel.truncate(size / 2);
        case CUT_LAST_BYTE -> channel.truncate(size - 1);
        case FLIP_FIRST -> flip(channel, 0);
        case FLIP_MIDDLE -> flip(channel, size / 2);
        case FLIP_LAST -> flip(channel, size - 1);
        case DELETE -> throw new AssertionError();
      }
    }
    return true;
  }

  private static void flip(FileChannel channel, long at) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    channel.read(one, at);
    one.put(0, (byte) (one.get(0) ^ 0x55));
    channel.write(one.flip(), at);
  }

  /** The files whose damage matters: not the lock, and not RocksDB's own notes. */
  private static List<Path> files(Path store) throws IOException {
    return StoreFiles.files(store).stream()
        .filter(file -> !file.getFileName().toString().matches("LOG.*|LOCK|.*\\.lock"))
        .toList();
  }

  /** The passing keys fill more than a memtable of their column family. */
  private static byte[] value(int number) {
    return ByteBuffer.allocate(number % 2 == 0 ? 2_000 : 200).putInt(number).array();
  }
}
