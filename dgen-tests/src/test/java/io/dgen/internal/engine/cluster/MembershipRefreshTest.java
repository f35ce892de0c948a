package io.dgen.internal.engine.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.internal.testing.ManualTime;
import io.dgen.spi.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Conflicts may be many, and looks are few. */
final class MembershipRefreshTest {

  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final ManualTime time = new ManualTime();
  private int looks;
  private boolean fails;
  private final MembershipRefresh lookout =
      new MembershipRefresh(new Timed(), INTERVAL, this::look);

  private void look() {
    looks++;
    if (fails) {
      throw new IllegalStateException("as asked");
    }
  }

  @Test
  void manySuspicionsAreOneLookInAnInterval() {
    for (int i = 0; i < 1000; i++) {
      lookout.suspect();
      time.advance(Duration.ofMillis(1));
    }
    assertThat(looks).isEqualTo(10);
  }

  @Test
  void aLookThatFailsIsNotTheLast() {
    fails = true;
    lookout.suspect();
    time.advance(INTERVAL);
    lookout.suspect();
    time.advance(INTERVAL);
    assertThat(looks).isEqualTo(2);
  }

  @Test
  void aLaterTimeTakesThePlaceOfAnEarlierOne() {
    lookout.lookIn(Duration.ofSeconds(1));
    lookout.lookIn(Duration.ofSeconds(3));
    time.advance(Duration.ofSeconds(2));
    assertThat(looks).isZero();
    time.advance(Duration.ofSeconds(2));
    assertThat(looks).isEqualTo(1);
  }

  @Test
  void noneAfterTheEnd() {
    lookout.lookIn(Duration.ofSeconds(1));
    lookout.suspect();
    lookout.stop();
    lookout.suspect();
    lookout.lookIn(Duration.ofSeconds(1));
    time.advance(Duration.ofSeconds(5));
    assertThat(looks).isZero();
  }

  /** Tasks run when the test moves the clock, one at a time. */
  private final class Timed implements Environment {

    private final Random random = new Random(1);

    @Override
    public long nanoTime() {
      return time.getAsLong();
    }

    @Override
    public Instant now() {
      return Instant.EPOCH.plusNanos(time.getAsLong());
    }

    @Override
    public RandomGenerator random() {
      return random;
    }

    @Override
    public void execute(Runnable task) {
      schedule(Duration.ZERO, task);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
      return time.schedule(task, delay)::cancel;
    }

    @Override
    public <T> T await(CompletableFuture<T> future) {
      return future.join();
    }
  }
}
