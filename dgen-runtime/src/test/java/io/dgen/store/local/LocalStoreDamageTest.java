package io.dgen.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.DgenException;
import io.dgen.store.KeyValue;
import io.dgen.store.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
    Path crashed = directory.resolve("crashed");
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    try (ChildProcess child = ChildProcess.start("fill", crashed, temporary)) {
      assertThat(child.readLine()).isEqualTo("filled");
    }
    StoreFiles.copy(crashed, directory.resolve("copy"));
    assertThat(readAll(directory.resolve("copy"))).isEqualTo(TRANSACTIONS * KEYS);
    for (Path file : files(crashed)) {
      for (Damage damage : Damage.values()) {
        if (apply(damage, crashed, file)) {
          assertThat(readAll(directory.resolve("copy")))
              .as("%s of %s", damage, file)
              .isIn(-1, TRANSACTIONS * KEYS);
        }
      }
    }
  }

  /** Commits transactions of some keys, enough for data files beside the log. */
  static void fill(Store store) {
    for (int i = 0; i < TRANSACTIONS; i++) {
      int from = i * KEYS;
      store.run(
          transaction -> {
            for (int key = from; key < from + KEYS; key++) {
              transaction.set(bytes(key), value(key));
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
        assertThat(pairs.get(i).key()).as("no hole").isEqualTo(bytes(i));
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

  private static byte[] bytes(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  private static byte[] value(int number) {
    return ByteBuffer.allocate(1_500).putInt(number).array();
  }
}
