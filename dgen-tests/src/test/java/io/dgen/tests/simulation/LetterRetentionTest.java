package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Context;
import io.dgen.DeadLetter;
import io.dgen.DgenOptions;
import io.dgen.tests.servers.StubbornClient;
import io.dgen.tests.servers.StubbornServer;
import io.dgen.tests.simulation.SimulatedCluster.Node;
import io.dgen.tests.simulation.SimulatedStore.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Dead letters that expire, in virtual time. {@code -Ddgen.simulation.seeds=N} runs more seeds. */
class LetterRetentionTest {

  private static final Faults SOME = new Faults(0.1, 0.05, 0.05, 0);
  private static final Duration RETENTION = Duration.ofMinutes(2);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** The tag of the keys by which records and letters expire. */
  private static final int EXPIRY = 8;

  private boolean healed;

  static LongStream seeds() {
    long first = Long.getLong("dgen.simulation.first", 1);
    return LongStream.range(first, first + Long.getLong("dgen.simulation.seeds", 2));
  }

  private static DgenOptions options(Duration retention) {
    return DgenOptions.builder()
        .timeout(MINUTE)
        .closeTimeout(MINUTE)
        .failures(it -> it.deadLetterThreshold(1))
        .deadLetterRetention(retention)
        .build();
  }

  private void attempt(String callback, String name, Context context) {
    if (!healed) {
      throw new IllegalStateException("not yet");
    }
  }

  private Node host(SimulatedCluster cluster) {
    return cluster.open(StubbornServer.of(this::attempt));
  }

  private static void work(Simulation simulation, StubbornClient client, String name) {
    client.work(name);
    while (client.entity().queueLength() > 0) {
      simulation.sleep(Duration.ofMillis(100));
    }
  }

  private static List<String> names(StubbornClient client) {
    return client.entity().deadLetters().list(99).items().stream()
        .map(letter -> letter.message().orElseThrow().toString())
        .map(text -> text.substring(text.indexOf("name=") + 5, text.indexOf(']')))
        .toList();
  }

  @Test
  void aLetterIsKeptForItsTimeAndOneThatDiesAgainAnew() {
    SimulatedCluster cluster = new SimulatedCluster(1, Faults.NONE, options(RETENTION));
    Simulation simulation = cluster.simulation();
    cluster.run(
        () -> {
          Node host = host(cluster);
          StubbornClient client = StubbornClient.of(host.dgen(), "s");
          work(simulation, client, "a");
          work(simulation, client, "b");
          simulation.sleep(MINUTE);
          DeadLetter<?> first = client.entity().deadLetters().list(1).items().getFirst();
          assertThat(client.entity().deadLetters().requeue(first.key())).isTrue();
          simulation.sleep(Duration.ofSeconds(30));
          assertThat(names(client)).containsExactly("b", "a");
          simulation.sleep(MINUTE);
          assertThat(names(client)).as("died again, and so is younger").containsExactly("a");
          assertThat(client.entity().deadLetters().length()).isEqualTo(1);
          simulation.sleep(MINUTE);
          assertThat(names(client)).isEmpty();
          assertThat(client.entity().deadLetters().length()).isZero();
          assertThat(cluster.count(EXPIRY)).isZero();
          cluster.close(List.of(host));
        });
  }

  @Test
  void byDefaultLettersAreKept() {
    SimulatedCluster cluster =
        new SimulatedCluster(
            1,
            Faults.NONE,
            DgenOptions.builder().failures(it -> it.deadLetterThreshold(1)).build());
    cluster.run(
        () -> {
          Node host = host(cluster);
          StubbornClient client = StubbornClient.of(host.dgen(), "s");
          work(cluster.simulation(), client, "a");
          assertThat(cluster.count(EXPIRY)).isZero();
          cluster.simulation().sleep(RETENTION.multipliedBy(2));
          assertThat(names(client)).containsExactly("a");
          cluster.close(List.of(host));
        });
  }

  /** A letter is put back or expires, and never both, even if both are tried at once. */
  @ParameterizedTest
  @MethodSource("seeds")
  void whoRequeuesALetterInTimeHasIt(long seed) {
    SimulatedCluster cluster = new SimulatedCluster(seed, SOME, options(RETENTION));
    Simulation simulation = cluster.simulation();
    cluster.run(
        () -> {
          Node host = host(cluster);
          Node other = cluster.open();
          StubbornClient client = StubbornClient.of(other.dgen(), "s");
          for (int i = 0; i < 20; i++) {
            work(simulation, client, "work-" + i);
            simulation.sleep(Duration.ofMillis(1500));
          }
          List<DeadLetter<?>> letters =
              new ArrayList<>(client.entity().deadLetters().list(99).items());
          assertThat(letters).hasSize(20);
          healed = true;
          Set<Integer> requeued = new TreeSet<>();
          simulation.sleep(RETENTION.minusSeconds(28));
          for (int i = 0; i < 20; i++) {
            if (client.entity().deadLetters().requeue(letters.get(i).key())) {
              requeued.add(i);
            }
            cluster.sleepUpTo(2500);
          }
          simulation.sleep(RETENTION);
          assertThat(client.read().done())
              .containsExactlyElementsOf(requeued.stream().map(i -> "work-" + i).toList());
          assertThat(client.entity().deadLetters().length()).isZero();
          assertThat(names(client)).isEmpty();
          assertThat(requeued).as("both happened").hasSizeBetween(1, 19);
          cluster.close(List.of(other, host));
        });
  }
}
