package io.dgen.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.store.KeyValue;
import io.dgen.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process is killed while it commits: what it acknowledged is there, once, and in order. */
final class LocalStoreCrashTest {

  private static final int KILLS = 5;

  @TempDir private Path directory;

  @Test
  void keepsEveryAcknowledgedCommit() throws Exception {
    Path temporary = Files.createDirectory(directory.resolve("tmp"));
    Path data = directory.resolve("data");
    long acknowledged = -1;
    long version = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      try (ChildProcess child = ChildProcess.start("commit", data, temporary)) {
        acknowledged = follow(child, acknowledged + 20 + 13L * kill);
        child.kill();
        acknowledged = Math.max(acknowledged, drain(child));
      }
      try (Store store = LocalStore.open(data)) {
        List<KeyValue> pairs =
            store.read(transaction -> transaction.getRange(new byte[0], new byte[] {-1}, 0).join());
        assertThat(pairs).hasSizeGreaterThan((int) acknowledged);
        for (int i = 0; i < pairs.size(); i++) {
          byte[] key = MixedKeys.key(i);
          assertThat(pairs.get(i)).isEqualTo(new KeyValue(key, key));
        }
        long reopened = store.read(transaction -> transaction.getReadVersion().join());
        assertThat(reopened).isGreaterThan(version);
        version = reopened;
        acknowledged = pairs.size() - 1L;
      }
    }
  }

  /** Reads until a number is acknowledged. */
  private static long follow(ChildProcess child, long until) throws IOException {
    long last = -1;
    while (last < until) {
      String line = child.readLine();
      assertThat(line).as("the child must go on").isNotNull().matches("\\d+");
      last = Long.parseLong(line);
    }
    return last;
  }

  /** Reads what was printed before the end; a last line may be cut. */
  private static long drain(ChildProcess child) throws IOException {
    long last = -1;
    for (String line = child.readLine(); line != null; line = child.readLine()) {
      // A line that was cut is a smaller number.
      if (line.matches("\\d+") && Long.parseLong(line) > last) {
        last = Long.parseLong(line);
      }
    }
    return last;
  }
}
