package io.dgen.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Context;
import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.Failure;
import io.dgen.internal.engine.work.SystemEnvironment;
import io.dgen.spi.Environment;
import io.dgen.store.memory.MemoryStore;
import io.dgen.tests.harness.ForwardingEnvironment;
import io.dgen.tests.servers.Flaky;
import io.dgen.tests.servers.FlakyClient;
import io.dgen.tests.servers.FlakyServer;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A callback that takes longer than its transaction lives. */
@Timeout(60)
class SlowCallbackTest {

  @Test
  void isAFailedAttempt() throws InterruptedException {
    BlockingQueue<Failure> failures = new LinkedBlockingQueue<>();
    try (SystemEnvironment system = new SystemEnvironment()) {
      Leaping environment = new Leaping(system);
      DgenOptions options =
          DgenOptions.builder().environment(environment).failureListener(failures::add).build();
      try (Dgen dgen = Dgen.open(MemoryStore.open(), options)) {
        dgen.host(FlakyServer.of(new SlowAtFirst(environment)));
        FlakyClient flaky = FlakyClient.of(dgen, "f").withTimeout(Duration.ofMinutes(1));

        assertThat(flaky.task("slow", 0)).isEqualTo(2);

        assertThat(failures.take().reason().orElseThrow())
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
  private static final class Leaping extends ForwardingEnvironment {

    private final AtomicLong leap = new AtomicLong();

    Leaping(Environment environment) {
      super(environment);
    }

    @Override
    public long nanoTime() {
      return super.nanoTime() + leap.get();
    }
  }
}
