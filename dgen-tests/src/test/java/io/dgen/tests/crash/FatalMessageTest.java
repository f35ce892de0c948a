package io.dgen.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Dgen;
import io.dgen.store.Store;
import io.dgen.tests.harness.TestStores;
import io.dgen.tests.servers.ProcessEnderClient;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A message that ends the process is given up, and those that were at work beside it are not. */
@Timeout(300)
class FatalMessageTest {

  private static final int MOST_STARTS = 8;

  @TempDir Path directory;
  private TestStores stores = TestStores.DISK;

  @AfterEach
  void clear() {
    try (Store store = stores.open(data())) {
      stores.clear(store);
    }
  }

  @Test
  void whatWasRunningIsKnownAndTriedAlone() throws Exception {
    send();
    List<String> lines = runUntilItEndsInOrder(false);
    assertThat(lines)
        .filteredOn(line -> line.startsWith("began fatal"))
        .containsExactly("began fatal 1", "began fatal 2", "began fatal 3");
    assertEachIsDoneOnce(lines);
    // None of them was ever at work when the process ended again.
    assertThat(lines)
        .filteredOn(line -> line.startsWith("began first"))
        .allMatch(line -> line.endsWith(" 1") || line.endsWith(" 2"));
  }

  @Test
  void withoutTheFileTheFirstOfEachQueueIsTriedAlone() throws Exception {
    stores = TestStores.lasting();
    send();
    List<String> lines = runUntilItEndsInOrder(true);
    assertThat(lines).filteredOn(line -> line.startsWith("began fatal")).hasSizeBetween(4, 6);
    assertEachIsDoneOnce(lines);
  }

  private static void assertEachIsDoneOnce(List<String> lines) {
    List<String> last = lines.subList(lines.lastIndexOf("start") + 1, lines.size());
    assertThat(last).filteredOn(line -> line.startsWith("state [first-")).hasSize(6);
    assertThat(last)
        .contains(
            "state [first-0, second-0]",
            "state [first-5, second-5]",
            "state [before, behind]",
            "dead letters 1");
  }

  /** From a node that hosts nothing, so that everything is in the queues. */
  private void send() {
    try (Dgen dgen = Dgen.open(stores.open(data()), FatalProcess.OPTIONS)) {
      for (int i = 0; i < FatalProcess.INNOCENT; i++) {
        ProcessEnderClient.of(dgen, "innocent-" + i).work("first-" + i);
        ProcessEnderClient.of(dgen, "innocent-" + i).work("second-" + i);
      }
      ProcessEnderClient fatal = ProcessEnderClient.of(dgen, "fatal");
      fatal.work("before");
      fatal.fatal();
      fatal.work("behind");
    }
  }

  /** Starts the process again and again; the lines that all of them wrote. */
  private List<String> runUntilItEndsInOrder(boolean withoutFile) throws Exception {
    List<String> lines = new ArrayList<>();
    int exit;
    int starts = 0;
    do {
      assertThat(starts++).as("starts, that wrote %s", lines).isLessThan(MOST_STARTS);
      if (withoutFile) {
        forgetWhatWasRunning();
      }
      Path out = directory.resolve("out");
      Path errors = directory.resolve("errors");
      Process process =
          Child.java(FatalProcess.class, data().toString(), stores.toString())
              .redirectOutput(out.toFile())
              .redirectError(errors.toFile())
              .start();
      exit = process.waitFor();
      lines.add("start");
      lines.addAll(Files.readAllLines(out));
      assertThat(exit)
          .as("%s%n%s", lines, Files.readString(errors))
          .isIn(0, FatalProcess.EXIT_OF_THE_MESSAGE);
    } while (exit != 0);
    return lines;
  }

  private void forgetWhatWasRunning() throws IOException {
    Path scratch = data().resolve("scratch");
    if (Files.isDirectory(scratch)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(scratch)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
    }
  }

  private Path data() {
    return directory.resolve("data");
  }
}
