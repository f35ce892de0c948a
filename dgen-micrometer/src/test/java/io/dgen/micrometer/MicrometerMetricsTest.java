package io.dgen.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Metrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What is told of the engine's work is found in Micrometer. */
class MicrometerMetricsTest {

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MicrometerMetrics metrics = new MicrometerMetrics(registry);

  @Test
  void rounds() {
    metrics.round(round(3, 7, Duration.ofMillis(4), 2));
    metrics.round(round(1, 0, Duration.ZERO, 0));
    assertThat(registry.get("dgen.rounds").tag("server", "S").timer().count()).isEqualTo(2);
    assertThat(registry.get("dgen.rounds").timer().totalTime(TimeUnit.MILLISECONDS)).isEqualTo(20);
    assertThat(registry.get("dgen.round.messages").tag("server", "S").summary().totalAmount())
        .isEqualTo(4);
    assertThat(registry.get("dgen.round.queue").tag("server", "S").summary().max()).isEqualTo(7);
    // The second wrote nothing.
    assertThat(registry.get("dgen.commits").tag("server", "S").timer().count()).isEqualTo(1);
    assertThat(registry.get("dgen.commits").timer().max(TimeUnit.MILLISECONDS)).isEqualTo(4);
    assertThat(count("dgen.conflicts", "server", "S")).isEqualTo(2);
  }

  private static Metrics.Round round(int messages, long queue, Duration commit, int conflicts) {
    return new Metrics.Round("S", messages, queue, Duration.ofMillis(10), commit, conflicts);
  }

  @Test
  void failures() {
    metrics.attemptFailed("S", "Work");
    metrics.attemptFailed("S", "Work");
    metrics.deadLetter("S", "Work");
    metrics.refused("S", "Work");
    metrics.deleted("S", "Leave");
    metrics.lateAnswer("S");
    metrics.paused("S");
    assertThat(count("dgen.failures", "server", "S", "message", "Work")).isEqualTo(2);
    assertThat(count("dgen.dead.letters", "server", "S", "message", "Work")).isEqualTo(1);
    assertThat(count("dgen.refusals", "server", "S", "message", "Work")).isEqualTo(1);
    assertThat(count("dgen.deletes", "server", "S", "message", "Leave")).isEqualTo(1);
    assertThat(count("dgen.late.answers", "server", "S")).isEqualTo(1);
    assertThat(count("dgen.pauses", "server", "S")).isEqualTo(1);
  }

  @Test
  void actionsAndRefusals() {
    metrics.actionFailed("S");
    metrics.overloaded("S");
    metrics.overloaded("S");
    assertThat(count("dgen.action.failures", "server", "S")).isEqualTo(1);
    assertThat(count("dgen.overloaded", "server", "S")).isEqualTo(2);
  }

  private double count(String name, String... tags) {
    return registry.get(name).tags(tags).counter().count();
  }
}
