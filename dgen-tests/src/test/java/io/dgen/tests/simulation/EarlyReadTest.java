package io.dgen.tests.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.Context;
import io.dgen.DgenOptions;
import io.dgen.LockedContext;
import io.dgen.tests.model.Cell;
import io.dgen.tests.model.Cell.Op;
import io.dgen.tests.model.Cell.Way;
import io.dgen.tests.model.CellClient;
import io.dgen.tests.model.CellServer;
import io.dgen.tests.simulation.SimulatedCluster.Node;
import io.dgen.tests.simulation.SimulatedStore.Faults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A round that expects queued messages begins to read them before it knows whether there are any.
 * Here it often finds none, and that read is slow, while callbacks send to their own entity: one
 * that was still under way then would meet a key whose stamp is not known, and fail, and the commit
 * with it.
 */
class EarlyReadTest {

  private static final int MESSAGES = 300;

  /** One of so many sends to its entity: often, but the queue is to be empty in between. */
  private static final int SENDS = 4;

  /** Shorter than a round: whenever one ends there are messages for the next. */
  private static final int PAUSE_MILLIS = 10;

  /** The read is to be under way when the callbacks run, and over before the commit. */
  private static final Duration SLOW = Duration.ofMillis(5);

  /** A run meets the case about twenty times. */
  private static final int MET = 5;

  private final List<String> expected = new ArrayList<>();
  private final List<String> done = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aReadThatNobodyNeedsIsOverBeforeCallbacksSend(long seed) {
    SimulatedCluster cluster =
        new SimulatedCluster(
            seed, Faults.NONE, DgenOptions.builder().timeout(Duration.ofMinutes(10)).build());
    cluster.run(() -> drive(cluster));
    assertThat(done).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(cluster.pages().sentBehind())
        .as("messages that were sent to a queue in which their round had found none")
        .isGreaterThan(MET);
  }

  private void drive(SimulatedCluster cluster) {
    Node node = cluster.open(CellServer.of(new Idle()));
    CellClient client = CellClient.of(node.dgen(), "cell");
    cluster.pages().slow(SLOW);
    List<CompletableFuture<?>> sent = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      boolean sends = cluster.simulation().random().nextInt(SENDS) == 0;
      Op op = op("" + i, sends ? List.of(op(i + "/0", List.of())) : List.of());
      expected.add(op.id());
      op.sends().forEach(own -> expected.add(own.id()));
      sent.add(client.askAsync(op));
      cluster.sleepUpTo(PAUSE_MILLIS);
    }
    for (CompletableFuture<?> each : sent) {
      cluster.simulation().await(each);
      each.join();
    }
    while (client.entity().queueLength() > 0) {
      cluster.simulation().sleep(Duration.ofSeconds(1));
    }
    client.read().forEach(entry -> done.add(entry.op()));
    cluster.close(List.of(node));
  }

  private static Op op(String id, List<Op> sends) {
    return new Op(id, "cell", Way.NOW, 0, 0, 0, sends);
  }

  /** Does nothing but log. */
  private static final class Idle implements Cell {

    @Override
    public void runs(Op op, Context context) {}

    @Override
    public void work(Op op, LockedContext context) {}
  }
}
