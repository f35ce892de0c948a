package io.dgen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.internal.Durations;
import io.dgen.store.TransactionOptions;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What can be set, the ranges, and that what was built does not change. */
final class OptionsTest {

  /** Each duration of a node: how it is set and read. */
  private record Time(
      BiFunction<DgenOptions.Builder, Duration, DgenOptions.Builder> set,
      Function<DgenOptions, Duration> get) {}

  private static final Map<String, Time> TIMES =
      Map.of(
          "timeout", new Time(DgenOptions.Builder::timeout, DgenOptions::timeout),
          "slowCallback", new Time(DgenOptions.Builder::slowCallback, DgenOptions::slowCallback),
          "firstRetryDelay",
              new Time(DgenOptions.Builder::firstRetryDelay, DgenOptions::firstRetryDelay),
          "maxRetryDelay", new Time(DgenOptions.Builder::maxRetryDelay, DgenOptions::maxRetryDelay),
          "lockTimeout", new Time(DgenOptions.Builder::lockTimeout, DgenOptions::lockTimeout),
          "deadLetterRetention",
              new Time(DgenOptions.Builder::deadLetterRetention, DgenOptions::deadLetterRetention),
          "idempotencyRetention",
              new Time(
                  DgenOptions.Builder::idempotencyRetention, DgenOptions::idempotencyRetention),
          "livenessTimeout",
              new Time(DgenOptions.Builder::livenessTimeout, DgenOptions::livenessTimeout),
          "pollInterval", new Time(DgenOptions.Builder::pollInterval, DgenOptions::pollInterval),
          "closeTimeout", new Time(DgenOptions.Builder::closeTimeout, DgenOptions::closeTimeout));

  @Test
  void durationsAreAtLeastAMillisecond() {
    TIMES.forEach(
        (name, time) -> {
          for (Duration short_ : List.of(Duration.ofNanos(999_999), Duration.ZERO, NEGATIVE)) {
            assertThatThrownBy(() -> time.set.apply(DgenOptions.builder(), short_))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(name + " must be at least a millisecond; found " + short_);
          }
          DgenOptions.Builder builder = DgenOptions.builder().firstRetryDelay(Duration.ofMillis(1));
          Duration least = Duration.ofMillis(1);
          assertThat(time.get.apply(time.set.apply(builder, least).build())).isEqualTo(least);
        });
  }

  private static final Duration NEGATIVE = Duration.ofSeconds(-1);

  @Test
  void longDurationsMeanNever() {
    TIMES.forEach(
        (name, time) -> {
          DgenOptions.Builder builder =
              DgenOptions.builder().maxRetryDelay(ChronoUnit.FOREVER.getDuration());
          DgenOptions options = time.set.apply(builder, Duration.ofSeconds(Long.MAX_VALUE)).build();
          assertThat(time.get.apply(options)).as(name).isEqualTo(Durations.NEVER);
        });
  }

  @Test
  void numbersHaveARange() {
    assertRefused(it -> it.root(""), "root is the prefix of every key and cannot be empty");
    assertRefused(it -> it.maxActivations(0), "maxActivations must be at least 1; found 0");
    assertRefused(
        it -> it.maxRememberedBytes(-1), "maxRememberedBytes must be at least 0; found -1");
    assertRefused(
        it -> it.maxConcurrentRounds(0), "maxConcurrentRounds must be at least 1; found 0");
    assertRefused(
        it -> it.failures(policy -> policy.deadLetterThreshold(-1)),
        "deadLetterThreshold must be at least 1, or 0 for never; found -1");
    assertRefused(
        it -> it.bounds(bounds -> bounds.laneMessages(0)),
        "laneMessages must be at least 1; found 0");
  }

  @Test
  void theFirstDelayIsNotLongerThanTheLongest() {
    assertRefused(
        it -> it.firstRetryDelay(Duration.ofMinutes(1)),
        "firstRetryDelay must be at most maxRetryDelay; found PT1M and PT30S");
  }

  private static void assertRefused(UnaryOperator<DgenOptions.Builder> change, String message) {
    assertThatThrownBy(() -> change.apply(DgenOptions.builder()).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void whatWasBuiltDoesNotChange() {
    DgenOptions.Builder builder = DgenOptions.builder().root("a");
    DgenOptions a = builder.build();
    DgenOptions b = builder.root("b").cache(false).build();
    DgenOptions c = a.toBuilder().maxActivations(7).build();
    assertThat(a.root()).isEqualTo("a");
    assertThat(a.cache()).isTrue();
    assertThat(b.root()).isEqualTo("b");
    assertThat(c.root()).isEqualTo("a");
    assertThat(c.maxActivations()).isEqualTo(7);
    assertThat(a.maxActivations()).isEqualTo(DgenOptions.DEFAULT.maxActivations());
  }

  @Test
  void partsOfAPolicyAndOfBoundsAreChangedOneByOne() {
    DgenOptions options =
        DgenOptions.builder()
            .failures(it -> it.deadLetterThreshold(3))
            .failures(it -> it.restartIntensity(4, Duration.ofSeconds(5)))
            .bounds(it -> it.queueMessages(6))
            .bounds(it -> it.laneMessages(7))
            .build();
    assertThat(options.failurePolicy())
        .isEqualTo(new FailurePolicy(3, 35, true, 4, Duration.ofSeconds(5), 3, Set.of()));
    assertThat(options.bounds())
        .isEqualTo(Bounds.builder().queueMessages(6).laneMessages(7).build());
  }

  @Test
  void whatAServerIsHostedWith() {
    Hosting hosting =
        Hosting.builder().only("b", "a", "b").failures(it -> it.deadLetterThreshold(2)).build();
    assertThat(hosting.ids()).contains(Set.of("a", "b"));
    assertThat(hosting.failurePolicy())
        .contains(FailurePolicy.DEFAULT.toBuilder().deadLetterThreshold(2).build());
    assertThat(hosting.toString()).startsWith("only(\"a\", \"b\") with ");
    assertThat(Hosting.DEFAULT.ids()).isEmpty();
    assertThat(Hosting.DEFAULT.failurePolicy()).isEmpty();
    assertThat(Hosting.DEFAULT).hasToString("all()");
  }

  @Test
  void aTransaction() {
    TransactionOptions options =
        TransactionOptions.builder()
            .timeout(Duration.ofSeconds(3))
            .retryLimit(4)
            .priority(TransactionOptions.Priority.BATCH)
            .build();
    assertThat(options.timeout()).contains(Duration.ofSeconds(3));
    assertThat(options.retryLimit()).isEqualTo(4);
    assertThat(options.priority()).isEqualTo(TransactionOptions.Priority.BATCH);
    assertThat(TransactionOptions.DEFAULT.timeout()).isEmpty();
  }
}
