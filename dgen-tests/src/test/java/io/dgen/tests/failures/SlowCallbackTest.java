package io.dgen.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Context;
import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.Failure;
import io.dgen.internal.engine.work.SystemEnvironment;
import io.dgen.spi.Environment;
import io.dgen.store.memory.MemoryStore;
import io.dgen.tests.servers.Flaky;
import io.dgen.tests.servers.FlakyClient;
import io.dgen.tests.servers.FlakyServer;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A callback that takes longer than its transaction lives. */
@Timeout(60)
class SlowCallbackTest {

  @Test
  void isAFailedAttempt() throws InterruptedException {
    BlockingQueue<Failure> failures = new LinkedBlockingQueue<>();
    try (SystemEnvironment system = new SystemEnvironment()) {
      Leaping environment = new Leaping(system, new AtomicLong());
      DgenOptions options =
          DgenOptions.DEFAULT.withEnvironment(environment).withFailureListener(failures::add);
      try (Dgen dgen = Dgen.open(MemoryStore.open(), options)) {
        dgen.host(FlakyServer.of(new SlowAtFirst(environment)));
        FlakyClient flaky = FlakyClient.of(dgen, "f").withTimeout(Duration.ofMinutes(1));

        assertThat(flaky.task("slow", 0)).isEqualTo(2);

        assertThat(failures.take().reason())
            .hasMessageStartingWith("the callback took ")
            .hasMessageContaining("its transaction lives for 5 s");
      }
    }
  }

  /** Its first attempt takes 5 s, for its clock. */
  private record SlowAtFirst(Leaping environment) implements Flaky {

    @Override
    public void ran(Context context, String name) {
      if (name.equals("slow") && context.attempt() == 1) {
        environment.leap.addAndGet(Duration.ofSeconds(5).toNanos());
      }
    }
  }

  /** Another environment, whose steady clock leaps. */
  private record Leaping(Environment environment, AtomicLong leap) implements Environment {

    @Override
    public long nanoTime() {
      return environment.nanoTime() + leap.get();
    }

    @Override
    public Instant now() {
      return environment.now();
    }

    @Override
    public RandomGenerator random() {
      return environment.random();
    }

    @Override
    public void execute(Runnable task) {
      environment.execute(task);
    }

    @Override
    public void executeUserCode(Runnable task) {
      environment.executeUserCode(task);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
      return environment.schedule(delay, task);
    }

    @Override
    public <T> T await(CompletableFuture<T> future) throws InterruptedException {
      return environment.await(future);
    }
  }
}
