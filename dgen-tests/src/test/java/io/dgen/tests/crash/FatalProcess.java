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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a child JVM does in which a message ends the process: it runs what is in the queues, writes
 * a line for each run of a callback, and ends in order when all is done.
 */
public final class FatalProcess {

  static final int EXIT_OF_THE_MESSAGE = 86;

  /** How many calls take place while a message is on trial: enough for another one to begin. */
  private static final int CALLS_BESIDE_A_TRIAL = 3;

  private FatalProcess() {}

  /**
   * What is special about a process.
   *
   * @param innocent how many entities have a message that does nothing wrong
   * @param crashThreshold how often a message may end the process
   * @param throwsFirst whether the message that ends the process fails first, in each process, and
   *     ends it when it is tried again
   */
  record Plan(int innocent, int crashThreshold, boolean throwsFirst) {

    String[] arguments(String directory, String stores) {
      return new String[] {
        directory,
        stores,
        String.valueOf(innocent),
        String.valueOf(crashThreshold),
        String.valueOf(throwsFirst)
      };
    }

    static Plan of(String[] arguments) {
      return new Plan(
          Integer.parseInt(arguments[2]),
          Integer.parseInt(arguments[3]),
          Boolean.parseBoolean(arguments[4]));
    }

    DgenOptions options() {
      return DgenOptions.builder()
          .timeout(Duration.ofSeconds(60))
          .livenessTimeout(Duration.ofSeconds(1))
          .failurePolicy(
              FailurePolicy.builder()
                  .crashThreshold(crashThreshold)
                  // One failed attempt is one too many, where none is wanted: who is blamed for
                  // what another did is given up.
                  .deadLetterThreshold(throwsFirst ? 0 : 1)
                  .build())
          .build();
    }
  }

  /** Arguments: directory, kind of store, plan. */
  public static void main(String[] args) {
    Plan plan = Plan.of(args);
    try (Dgen dgen = Dgen.open(TestStores.named(args[1]).open(Path.of(args[0])), plan.options())) {
      Callbacks callbacks = new Callbacks(plan);
      dgen.host(ProcessEnderServer.of(callbacks));
      for (int i = 0; i < CALLS_BESIDE_A_TRIAL; i++) {
        ProcessEnderClient.of(dgen, "bystander").done();
      }
      callbacks.othersHadTheirTurn.countDown();
      for (int i = 0; i < plan.innocent(); i++) {
        System.out.println("state " + ProcessEnderClient.of(dgen, "innocent-" + i).done());
      }
      ProcessEnderClient fatal = ProcessEnderClient.of(dgen, "fatal");
      System.out.println("state " + fatal.done());
      System.out.println("dead letters " + fatal.entity().deadLetters().list(10).items().size());
    }
  }

  /**
   * The first time all of them are at work when the process ends. One that has been begun before is
   * on trial, and says so if it is not alone.
   */
  private static final class Callbacks implements ProcessEnder {

    private final CountDownLatch atWork;
    private final CountDownLatch othersHadTheirTurn = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger onTrial = new AtomicInteger();
    private final AtomicBoolean failed;

    Callbacks(Plan plan) {
      atWork = new CountDownLatch(plan.innocent());
      failed = new AtomicBoolean(!plan.throwsFirst());
    }

    @Override
    public void began(Context context, String name) {
      System.out.println("began " + name + " " + context.attempt());
      if (context.attempt() > 1) {
        if (onTrial.incrementAndGet() > 1) {
          System.out.println("not alone: " + name);
        }
        await(othersHadTheirTurn);
        onTrial.decrementAndGet();
      } else if (name.startsWith("first")) {
        atWork.countDown();
        await(never);
      }
    }

    @Override
    public void blow(Context context) {
      if (!failed.getAndSet(true)) {
        throw new IllegalStateException("it fails first");
      }
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
