package io.dgen.tests.crash;

import static io.dgen.tests.crash.FatalProcess.EXIT_OF_THE_MESSAGE;
import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Dgen;
import io.dgen.FailurePolicy;
import io.dgen.store.Store;
import io.dgen.tests.crash.FatalProcess.Plan;
import io.dgen.tests.harness.TestStores;
import io.dgen.tests.servers.ProcessEnderClient;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A message that ends the process is given up, and those that were at work beside it are not. */
@Timeout(300)
class FatalMessageTest {

  private static final int MOST_STARTS = 8;
  private static final int INNOCENT = 6;

  /** What a node does if nothing else is asked of it. */
  private static final Plan DEFAULT =
      new Plan(INNOCENT, FailurePolicy.DEFAULT.crashThreshold(), false);

  /** Nothing but the message that ends the process, and those beside it in its queue. */
  private static final Plan ALONE = new Plan(0, FailurePolicy.DEFAULT.crashThreshold(), false);

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
    send(DEFAULT);
    List<String> lines = runUntilItEndsInOrder(DEFAULT, false);
    assertThat(runsOfTheFatalOne(lines)).containsExactly(1, 2, 3);
    assertEachIsDoneOnce(lines);
    // None of them was ever at work when the process ended again.
    assertThat(lines)
        .filteredOn(line -> line.startsWith("began first"))
        .allMatch(line -> line.endsWith(" 1") || line.endsWith(" 2"));
    assertThat(lines).noneMatch(line -> line.startsWith("not alone"));
  }

  @Test
  void withoutTheFileTheFirstOfEachQueueIsTriedAlone() throws Exception {
    stores = TestStores.lasting();
    send(DEFAULT);
    List<String> lines = runUntilItEndsInOrder(DEFAULT, true);
    assertThat(runsOfTheFatalOne(lines)).hasSizeBetween(4, 6);
    assertEachIsDoneOnce(lines);
    assertThat(lines).noneMatch(line -> line.startsWith("not alone"));
  }

  /** What is behind another one in its round is known too, and only that is counted. */
  @Test
  @Tag("long")
  void eachEndIsCountedBeforeTheNextRun() throws Exception {
    send(ALONE);
    List<String> lines = runUntilItEndsInOrder(ALONE, false);
    assertThat(runsOfTheFatalOne(lines)).containsExactly(1, 2, 3);
    // It was not committed when the process ended, and so ran again. It is not charged.
    assertThat(lines).filteredOn("began before 1"::equals).hasSize(2);
    assertThat(lines).contains("began behind 1", "state [before, behind]", "dead letters 1");
  }

  @Test
  @Tag("long")
  void aTrialThatFailsClearsWhatWasCounted() throws Exception {
    Plan plan = new Plan(0, FailurePolicy.DEFAULT.crashThreshold(), true);
    send(plan);
    for (int start = 1; start <= FailurePolicy.DEFAULT.crashThreshold() + 1; start++) {
      List<String> lines = new ArrayList<>();
      assertThat(run(plan, lines)).as("start %s: %s", start, lines).isEqualTo(EXIT_OF_THE_MESSAGE);
      assertThat(runsOfTheFatalOne(lines)).as("start %s", start).hasSize(2);
    }
  }

  @Test
  void withACrashThresholdOf1() throws Exception {
    Plan plan = new Plan(INNOCENT, 1, false);
    send(plan);
    List<String> lines = runUntilItEndsInOrder(plan, false);
    assertThat(runsOfTheFatalOne(lines)).containsExactly(1);
    // Nobody can tell those that were running beside it: they are given up too.
    assertThat(lines)
        .contains(
            "state [second-0]", "state [second-5]", "state [before, behind]", "dead letters 1");
  }

  /** Any number of times; and a threshold that is set later counts what was before. */
  @Test
  void withoutACrashThreshold() throws Exception {
    Plan never = new Plan(0, 0, false);
    send(never);
    List<String> lines = new ArrayList<>();
    int starts = FailurePolicy.DEFAULT.crashThreshold() + 1;
    for (int start = 1; start <= starts; start++) {
      assertThat(run(never, lines)).as("start %s: %s", start, lines).isEqualTo(EXIT_OF_THE_MESSAGE);
    }
    assertThat(runsOfTheFatalOne(lines)).containsExactly(1, 2, 3, 4);
    List<String> later = new ArrayList<>();
    assertThat(run(ALONE, later)).as("%s", later).isZero();
    assertThat(runsOfTheFatalOne(later)).isEmpty();
    assertThat(later).contains("state [before, behind]", "dead letters 1");
  }

  /** Which attempt each run of the message was that ends the process. */
  private static List<Integer> runsOfTheFatalOne(List<String> lines) {
    String began = "began fatal ";
    return lines.stream()
        .filter(line -> line.startsWith(began))
        .map(line -> Integer.valueOf(line.substring(began.length())))
        .toList();
  }

  private static void assertEachIsDoneOnce(List<String> lines) {
    List<String> last = lines.subList(lines.lastIndexOf("start") + 1, lines.size());
    assertThat(last).filteredOn(line -> line.startsWith("state [first-")).hasSize(INNOCENT);
    assertThat(last)
        .contains(
            "state [first-0, second-0]",
            "state [first-5, second-5]",
            "state [before, behind]",
            "dead letters 1");
  }

  /** From a node that hosts nothing, so that everything is in the queues. */
  private void send(Plan plan) {
    try (Dgen dgen = Dgen.open(stores.open(data()), plan.options())) {
      for (int i = 0; i < plan.innocent(); i++) {
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
  private List<String> runUntilItEndsInOrder(Plan plan, boolean withoutFile) throws Exception {
    List<String> lines = new ArrayList<>();
    int starts = 0;
    do {
      assertThat(starts++).as("starts, that wrote %s", lines).isLessThan(MOST_STARTS);
      if (withoutFile) {
        forgetWhatWasRunning();
      }
    } while (run(plan, lines) != 0);
    return lines;
  }

  /** Runs the process once, and adds the lines that it wrote; how it ended. */
  private int run(Plan plan, List<String> lines) throws Exception {
    Path out = directory.resolve("out");
    Path errors = directory.resolve("errors");
    Process process =
        Child.java(FatalProcess.class, plan.arguments(data().toString(), stores.toString()))
            .redirectOutput(out.toFile())
            .redirectError(errors.toFile())
            .start();
    int exit = process.waitFor();
    lines.add("start");
    lines.addAll(Files.readAllLines(out));
    assertThat(exit).as("%s%n%s", lines, Files.readString(errors)).isIn(0, EXIT_OF_THE_MESSAGE);
    return exit;
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
