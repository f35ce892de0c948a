package io.dgen.tests.crash;

import io.dgen.Context;
import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.FailurePolicy;
import io.dgen.tests.harness.TestStores;
import io.dgen.tests.servers.ProcessEnder;
import io.dgen.tests.servers.ProcessEnderClient;
import io.dgen.tests.servers.ProcessEnderServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * What a child JVM does in which a message ends the process: it runs what is in the queues, writes
 * a line for each run of a callback, and ends in order when all is done.
 */
public final class FatalProcess {

  /** How many entities have a message that does nothing wrong. */
  static final int INNOCENT = 6;

  static final int EXIT_OF_THE_MESSAGE = 86;

  static final DgenOptions OPTIONS =
      DgenOptions.DEFAULT
          .withTimeout(Duration.ofSeconds(60))
          .withLivenessTimeout(Duration.ofSeconds(1))
          // One failed attempt is one too many: who is blamed for what another did is given up.
          .withFailurePolicy(FailurePolicy.DEFAULT.withDeadLetterThreshold(1));

  private FatalProcess() {}

  /** Arguments: directory, kind of store. */
  public static void main(String[] args) {
    try (Dgen dgen = Dgen.open(TestStores.named(args[1]).open(Path.of(args[0])), OPTIONS)) {
      dgen.host(ProcessEnderServer.of(new Callbacks()));
      for (int i = 0; i < INNOCENT; i++) {
        System.out.println("state " + ProcessEnderClient.of(dgen, "innocent-" + i).done());
      }
      ProcessEnderClient fatal = ProcessEnderClient.of(dgen, "fatal");
      System.out.println("state " + fatal.done());
      System.out.println("dead letters " + fatal.entity().deadLetters().list(10).letters().size());
    }
  }

  /** The first time all of them are at work when the process ends. */
  private static final class Callbacks implements ProcessEnder {

    private final CountDownLatch atWork = new CountDownLatch(INNOCENT);
    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public void began(Context context, String name) {
      System.out.println("began " + name + " " + context.attempt());
      if (context.attempt() == 1 && name.startsWith("first")) {
        atWork.countDown();
        await(never);
      }
    }

    @Override
    public void blow(Context context) {
      if (context.attempt() == 1) {
        await(atWork);
      }
      Runtime.getRuntime().halt(EXIT_OF_THE_MESSAGE);
    }

    private static void await(CountDownLatch latch) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
