package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.DgenOptions;
import io.dgen.tests.servers.Logbook;
import io.dgen.tests.servers.LogbookClient;
import io.dgen.tests.servers.LogbookServer;
import io.dgen.tests.simulation.SimulatedCluster.Node;
import io.dgen.tests.simulation.SimulatedStore.Faults;
import io.dgen.tests.simulation.TracedStore.Kind;
import io.dgen.tests.simulation.TracedStore.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Delayed messages that are due and records that expire: what is read for them, and when. */
class ShardDutiesTest {

  private static final Duration POLL = Duration.ofMinutes(10);
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final int SHARDS = 64;

  private final SimulatedCluster cluster =
      new SimulatedCluster(1, Faults.NONE, DgenOptions.builder().pollInterval(POLL).build());

  // NullAway does not see that they are set in the virtual time of the cluster.
  @SuppressWarnings("NullAway.Init")
  private Node host;

  @SuppressWarnings("NullAway.Init")
  private Node sender;

  @BeforeEach
  void open() {
    cluster.run(
        () -> {
          host = cluster.open(LogbookServer.of());
          sender = cluster.open();
          // The host has looked at all its shards for the first time.
          cluster.simulation().sleep(SOON);
          host.store().trace().take();
        });
  }

  @Test
  void aScanForQueuedMessagesReadsNothingElse() {
    cluster.run(
        () -> {
          for (int number = 1; number <= 20; number++) {
            note(number);
          }
          List<Trace> scans = scans();
          assertThat(scans).hasSizeGreaterThanOrEqualTo(20);
          assertThat(scans)
              .allSatisfy(scan -> assertThat(scan.reads).doesNotContain(Kind.DUE, Kind.EXPIRY));
          close();
        });
  }

  @Test
  void onceInAPollIntervalEverythingIsLookedAt() {
    cluster.run(
        () -> {
          for (int number = 1; number <= 11; number++) {
            cluster.simulation().sleep(POLL.dividedBy(4));
            note(number);
          }
          assertThat(
                  scans().stream()
                      .filter(scan -> scan.reads.contains(Kind.DUE))
                      .filter(scan -> scan.reads.contains(Kind.EXPIRY))
                      .count())
              .as("the busy shard too, whose poll never comes")
              .isEqualTo(2 * SHARDS);
          close();
        });
  }

  @Test
  void aDelayedMessageOfAnotherNodeIsSeenAtOnce() {
    cluster.run(
        () -> {
          note(1);
          later(2, SOON);
          cluster.simulation().sleep(SOON.multipliedBy(2));
          assertThat(numbers()).containsExactly(1, 2);
          assertThat(scans())
              .filteredOn(scan -> scan.reads.contains(Kind.DUE))
              .as("by the one scan that the bell called for")
              .hasSize(1);
          close();
        });
  }

  /** The poll comes a whole interval after the last scan, which did not look at it. */
  @Test
  void whatIsDueBeforeTheNextLookIsNotLate() {
    cluster.run(
        () -> {
          later(2, POLL.plus(POLL.dividedBy(2)));
          cluster.simulation().sleep(POLL.dividedBy(10).multipliedBy(9));
          note(1);
          cluster.simulation().sleep(POLL.dividedBy(10).multipliedBy(6).plus(SOON));
          assertThat(numbers()).containsExactly(1, 2);
          close();
        });
  }

  /** It gives way to others, but not for ever. */
  @Test
  void whatIsDueFiresThoughTheStoreHasNoTimeForBatchWork() {
    cluster.run(
        () -> {
          later(1, SOON);
          cluster.simulation().sleep(SOON.multipliedBy(2));
          assertThat(moves()).as("it gives way").hasSize(1).allMatch(Trace::isBatch);
          host.store().starveBatch();
          later(2, SOON);
          cluster.simulation().sleep(SOON.multipliedBy(2));
          assertThat(numbers()).containsExactly(1, 2);
          assertThat(moves()).hasSize(1).noneMatch(Trace::isBatch);
          close();
        });
  }

  @Test
  void whatCouldNotBeFiredIsTriedAgainSoon() {
    cluster.run(
        () -> {
          host.store().failNextThatClears(Kind.DUE);
          later(1, SOON);
          cluster.simulation().sleep(SOON.multipliedBy(2));
          assertThat(numbers()).containsExactly(1);
          assertThat(moves()).hasSize(1);
          close();
        });
  }

  private void note(int number) {
    on(sender, () -> LogbookClient.of(sender.dgen(), "j").note(1, number, 0));
    cluster.simulation().sleep(Duration.ofSeconds(1));
  }

  private void later(int number, Duration delay) {
    on(sender, () -> LogbookClient.of(sender.dgen(), "j").after(delay).note(1, number, 0));
  }

  private List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    on(
        host,
        () ->
            LogbookClient.of(host.dgen(), "j").read().stream()
                .map(Logbook.Entry::number)
                .forEach(numbers::add));
    return numbers;
  }

  private void on(Node node, Runnable body) {
    cluster.simulation().await(node.on(body));
  }

  private List<Trace> scans() {
    return host.store().take().stream().filter(trace -> trace.reads.contains(Kind.READY)).toList();
  }

  private List<Trace> moves() {
    return host.store().take().stream()
        .filter(trace -> trace.committed && trace.cleared.contains(Kind.DUE))
        .toList();
  }

  private void close() {
    cluster.close(List.of(sender, host));
  }
}
