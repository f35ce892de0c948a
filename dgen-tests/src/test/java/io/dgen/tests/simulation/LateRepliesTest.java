package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.DgenOptions;
import io.dgen.tests.servers.LogbookClient;
import io.dgen.tests.servers.LogbookServer;
import io.dgen.tests.simulation.SimulatedCluster.Node;
import io.dgen.tests.simulation.SimulatedStore.Faults;
import io.dgen.tests.simulation.TracedStore.Kind;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/**
 * Replies that nobody waits for any more. A mailbox is read from the first call whose reply may
 * still come, and all of it once a minute: none stays.
 */
class LateRepliesTest {

  private static final Duration WHOLE = Duration.ofMinutes(1);
  private static final Duration POLL = Duration.ofSeconds(5);

  private final SimulatedCluster cluster =
      new SimulatedCluster(
          1,
          Faults.NONE,
          DgenOptions.builder().timeout(Duration.ofSeconds(10)).pollInterval(POLL).build());
  private final Simulation simulation = cluster.simulation();

  /** The call was given up within the minute: its reply is still looked for. */
  @Test
  void aReplyToACallThatWasGivenUpIsCleared() {
    answerLate(Duration.ofSeconds(15), () -> assertThat(cluster.count(Kind.REPLY.tag())).isZero());
  }

  /** The call was given up long ago. */
  @Test
  void aReplyToACallThatIsForgottenIsClearedInTheEnd() {
    answerLate(
        Duration.ofMinutes(3),
        () -> {
          assertThat(cluster.count(Kind.REPLY.tag())).as("it has come").isOne();
          simulation.sleep(WHOLE.plus(POLL));
          assertThat(cluster.count(Kind.REPLY.tag())).isZero();
        });
  }

  @Test
  void aSecondAnswerIsClearedInTheEnd() {
    cluster.run(
        () -> {
          Node sender = cluster.open();
          Tuple node = cluster.keys(Kind.NODE.tag()).getFirst();
          Node host = cluster.open(LogbookServer.of());
          LogbookClient journal = LogbookClient.of(sender.dgen(), "j");
          for (int number = 1; number <= 3; number++) {
            assertThat(journal.ask(1, number, 0)).isEqualTo(number - 1);
          }
          write(Tuple.from(Kind.REPLY.tag()).addAll(node).add(1).add(0));
          simulation.sleep(POLL.plus(POLL));
          assertThat(cluster.count(Kind.REPLY.tag())).as("it is below the open calls").isOne();
          assertThat(journal.ask(1, 4, 0)).isEqualTo(3);
          simulation.sleep(WHOLE.plus(POLL));
          assertThat(cluster.count(Kind.REPLY.tag())).isZero();
          assertThat(journal.ask(1, 5, 0)).isEqualTo(4);
          cluster.close(List.of(sender, host));
        });
  }

  /** Their callers have got them before, so that no call is open down there any more. */
  @Test
  void repliesWhoseClearingFailsAreClearedWhenItIsRepeated() {
    SimulatedCluster unreliable =
        new SimulatedCluster(
            1,
            new Faults(0.1, 0.1, 0.1, 0.1),
            DgenOptions.builder().timeout(Duration.ofMinutes(1)).build());
    unreliable.run(
        () -> {
          Node sender = unreliable.open();
          Node host = unreliable.open(LogbookServer.of());
          LogbookClient journal = LogbookClient.of(sender.dgen(), "j");
          for (int number = 1; number <= 40; number++) {
            assertThat(journal.ask(1, number, 0)).isEqualTo(number - 1);
          }
          unreliable.simulation().sleep(Duration.ofSeconds(3));
          assertThat(unreliable.simulation().nanos()).isLessThan(WHOLE.toNanos());
          assertThat(unreliable.count(Kind.REPLY.tag())).isZero();
          unreliable.close(List.of(sender, host));
        });
  }

  /**
   * Asks a host that stands still for so long that the caller has given up.
   *
   * @param answered is run soon after the host has gone on and answered
   */
  private void answerLate(Duration standstill, Runnable answered) {
    cluster.run(
        () -> {
          Node sender = cluster.open();
          Node host = cluster.open(LogbookServer.of());
          LogbookClient journal = LogbookClient.of(sender.dgen(), "j");
          assertThat(journal.ask(1, 1, 0)).isZero();
          host.environment().suspend(standstill);
          CompletableFuture<Integer> late = journal.askAsync(1, 2, 0);
          simulation.sleep(standstill);
          assertThat(late).isCompletedExceptionally();
          simulation.sleep(Duration.ofSeconds(3));
          answered.run();
          assertThat(journal.read()).as("it was answered").hasSize(2);
          cluster.close(List.of(sender, host));
        });
  }

  private void write(Tuple key) {
    byte[] packed = key.pack("dgen".getBytes(StandardCharsets.UTF_8));
    cluster
        .store()
        .run(
            transaction -> {
              transaction.set(packed, new byte[10]);
              return true;
            });
  }
}
