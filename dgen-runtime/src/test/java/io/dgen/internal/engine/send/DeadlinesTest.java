package io.dgen.internal.engine.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.spi.Environment;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Deadlines pass a little late and never early. */
class DeadlinesTest {

  private final Clock clock = new Clock();
  private final Deadlines deadlines = new Deadlines(clock);
  private final List<String> expired = new ArrayList<>();

  @Test
  void passInTheirOrderAndNeverEarly() {
    add("one", Duration.ofMillis(25));
    add("turns", Duration.ofSeconds(25));
    clock.advance(Duration.ofMillis(24));
    assertThat(expired).isEmpty();
    clock.advance(Duration.ofMillis(21));
    assertThat(expired).containsExactly("one");
    clock.advance(Duration.ofMillis(24_954));
    assertThat(expired).containsExactly("one");
    clock.advance(Duration.ofMillis(21));
    assertThat(expired).containsExactly("one", "turns");
    assertThat(clock.timers).as("timers while there is no deadline").isEmpty();
  }

  /** A thread that loses its processor in the middle of adding must not wait for a whole turn. */
  @Test
  void passThoughTheThreadThatAddsStandsStill() {
    // The clock is read once for the deadline, and then once more for the wheel.
    clock.jumpAfterReads(1, Duration.ofMillis(300));
    add("first", Duration.ofMillis(20));
    clock.advance(Duration.ofMillis(20));
    assertThat(expired).containsExactly("first");
  }

  @Test
  void doNotPassOnceTheyAreRemoved() {
    Deadlines.Entry entry = add("removed", Duration.ofMillis(20));
    deadlines.remove(entry);
    deadlines.remove(entry);
    clock.advance(Duration.ofSeconds(30));
    assertThat(expired).isEmpty();
    assertThat(clock.timers).isEmpty();
    add("next", Duration.ofMillis(20));
    clock.advance(Duration.ofMillis(40));
    assertThat(expired).containsExactly("next");
  }

  private Deadlines.Entry add(String name, Duration delay) {
    Deadlines.Entry entry =
        new Deadlines.Entry() {
          @Override
          public void expired() {
            expired.add(name);
          }
        };
    deadlines.add(entry, delay);
    return entry;
  }

  /** Time that the test moves. One timer at most is set at a time. */
  private static final class Clock implements Environment {

    private record Timer(long at, Runnable task) {}

    private final ArrayDeque<Timer> timers = new ArrayDeque<>();
    private long nanos;
    private int readsUntilJump = -1;
    private Duration jump = Duration.ZERO;

    void jumpAfterReads(int reads, Duration by) {
      readsUntilJump = reads;
      jump = by;
    }

    void advance(Duration duration) {
      long target = nanos + duration.toNanos();
      while (!timers.isEmpty() && timers.getFirst().at() <= target) {
        Timer next = timers.removeFirst();
        nanos = Math.max(nanos, next.at());
        next.task().run();
      }
      nanos = target;
    }

    @Override
    public long nanoTime() {
      if (readsUntilJump-- == 0) {
        nanos += jump.toNanos();
      }
      return nanos;
    }

    @Override
    public Instant now() {
      return Instant.EPOCH.plusNanos(nanos);
    }

    @Override
    public RandomGenerator random() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
      Timer timer = new Timer(nanos + delay.toNanos(), task);
      timers.addLast(timer);
      return () -> timers.remove(timer);
    }

    @Override
    public <T> T await(CompletableFuture<T> future) {
      return future.join();
    }
  }
}
