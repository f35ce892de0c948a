package io.dgen.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.error.DgenException;
import io.dgen.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a power cut may leave of the newest log: the store opens when everything that was
 * acknowledged is whole, and is refused otherwise.
 */
final class LocalStoreLogTest {

  private static final int ACKNOWLEDGED = 10;

  @TempDir private Path temporary;

  /** A store as it was when ten commits were acknowledged, with a log that goes on. */
  private Path cut;

  private Path log;

  /** The log with one more group, of several blocks, of which nobody was told. */
  private byte[] longer;

  /** Where that group begins. */
  private int acknowledgedBytes;

  @BeforeEach
  void cutThePower() throws IOException {
    Path store = temporary.resolve("store");
    cut = temporary.resolve("cut");
    try (Store opened = LocalStore.open(store)) {
      for (int i = 0; i < ACKNOWLEDGED; i++) {
        set(opened, i, 5_000);
      }
      StoreFiles.copy(store, cut);
      log = newestLog(cut);
      acknowledgedBytes = (int) Files.size(cut.resolve(log));
      set(opened, ACKNOWLEDGED, 90_000);
      longer = Files.readAllBytes(store.resolve(log));
    }
    assertThat(longer).hasSizeGreaterThan(acknowledgedBytes + 90_000);
  }

  @Test
  void aLastGroupThatIsWholeMayStay() throws Exception {
    assertThat(openWith(longer)).isEqualTo(ACKNOWLEDGED + 1);
    assertThat(openWith(Arrays.copyOf(longer, longer.length + 100_000)))
        .as("zeros behind it")
        .isEqualTo(ACKNOWLEDGED + 1);
  }

  @Test
  void aLastGroupThatIsCutWasNeverAcknowledged() throws Exception {
    for (int at : offsetsInLastGroup()) {
      assertThat(openWith(Arrays.copyOf(longer, at))).as("cut at %s", at).isEqualTo(ACKNOWLEDGED);
    }
  }

  @Test
  void aLastGroupThatEndsInZerosWasNeverAcknowledged() throws Exception {
    for (int at : offsetsInLastGroup()) {
      byte[] zeroed = longer.clone();
      Arrays.fill(zeroed, at, zeroed.length, (byte) 0);
      assertThat(openWith(zeroed)).as("zeros from %s", at).isEqualTo(ACKNOWLEDGED);
    }
  }

  @Test
  void aLastGroupWithAHoleWasNeverAcknowledged() throws Exception {
    Random random = new Random(1);
    for (int at : offsetsInLastGroup()) {
      byte[] holed = longer.clone();
      int end = Math.min(holed.length, at + 4_096);
      if (random.nextBoolean()) {
        Arrays.fill(holed, at, end, (byte) 0);
      } else {
        byte[] noise = new byte[end - at];
        random.nextBytes(noise);
        System.arraycopy(noise, 0, holed, at, noise.length);
      }
      assertThat(openWith(holed)).as("a hole at %s", at).isEqualTo(ACKNOWLEDGED);
    }
  }

  @Test
  void whatWasAcknowledgedIsMissed() throws Exception {
    for (int at : new int[] {0, 1, 3_000, acknowledgedBytes / 2, acknowledgedBytes - 12}) {
      assertThat(openWith(Arrays.copyOf(longer, at))).as("cut at %s", at).isEqualTo(-1);
      byte[] zeroed = longer.clone();
      Arrays.fill(zeroed, at, zeroed.length, (byte) 0);
      assertThat(openWith(zeroed)).as("zeros from %s", at).isEqualTo(-1);
      byte[] flipped = longer.clone();
      flipped[at] ^= 0x55;
      assertThat(openWith(flipped)).as("flipped at %s, with whole groups behind", at).isEqualTo(-1);
    }
  }

  @Test
  void aLogThatIsDeletedIsMissed() throws Exception {
    Path copy = copy();
    Files.delete(copy.resolve(log));
    assertThat(open(copy)).isEqualTo(-1);
    assertThat(messageOf(copy)).contains("groups of commits", "acknowledged, are missing");
  }

  @Test
  void whatIsLostIsSaid() throws Exception {
    Path copy = copy();
    Files.write(copy.resolve(log), new byte[0]);
    // The first group is that of the store's opening, the others are the commits.
    assertThat(messageOf(copy)).contains("groups of commits 1 to " + (ACKNOWLEDGED + 1));
  }

  @Test
  void aLogThatIsDeletedOrEmptiedAfterAKillIsMissed() throws Exception {
    for (boolean deleted : new boolean[] {true, false}) {
      Path store = temporary.resolve("killed-" + deleted);
      try (ChildProcess child = ChildProcess.start("fill", store, temporary)) {
        assertThat(child.readLine()).isEqualTo("filled");
      }
      Path newest = store.resolve(newestLog(store));
      assertThat(newest).isNotEmptyFile();
      Files.delete(newest);
      if (!deleted) {
        Files.createFile(newest);
      }
      assertThat(open(store)).isEqualTo(-1);
    }
  }

  /** Beginnings of records and blocks among them. */
  private int[] offsetsInLastGroup() {
    int block = 32 << 10;
    int nextBlock = (acknowledgedBytes / block + 1) * block;
    return new int[] {
      acknowledgedBytes,
      acknowledgedBytes + 7,
      acknowledgedBytes + 500,
      nextBlock,
      nextBlock + block + 3,
      // The last bytes are zeros anyway.
      longer.length - 12
    };
  }

  private int openWith(byte[] logBytes) throws IOException {
    Path copy = copy();
    Files.write(copy.resolve(log), logBytes);
    return open(copy);
  }

  private Path copy() throws IOException {
    Path copy = temporary.resolve("copy");
    StoreFiles.delete(copy);
    StoreFiles.copy(cut, copy);
    return copy;
  }

  /** How many keys there are, all of the first ones; -1 if it was refused. */
  private static int open(Path store) throws IOException {
    SortedMap<String, String> before = StoreFiles.fingerprint(store);
    try (Store opened = LocalStore.open(store)) {
      int found = count(opened);
      set(opened, found, 10);
      assertThat(count(opened)).as("it goes on").isEqualTo(found + 1);
      return found;
    } catch (DgenException e) {
      assertThat(StoreFiles.fingerprint(store)).isEqualTo(before);
      return -1;
    }
  }

  private static int count(Store store) {
    List<?> all =
        store.read(transaction -> transaction.getRange(new byte[0], new byte[] {-1}, 0).join());
    return all.size();
  }

  private static String messageOf(Path store) {
    try (Store opened = LocalStore.open(store)) {
      return opened + " is open";
    } catch (DgenException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static void set(Store store, int key, int length) {
    byte[] value = new byte[length];
    new Random(key).nextBytes(value);
    store.run(
        transaction -> {
          transaction.set(MixedKeys.key(key), value);
          return true;
        });
  }

  /** The newest log within a store. */
  private static Path newestLog(Path store) throws IOException {
    return StoreFiles.files(store).stream()
        .filter(file -> file.toString().endsWith(".log"))
        .reduce((first, second) -> second)
        .orElseThrow();
  }
}
