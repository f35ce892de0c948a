package io.dgen.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.CallTimeoutException;
import io.dgen.Dgen;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Calls that take too long: the error says where the message is, and nothing is left behind. */
class TimeoutTest extends OnEveryStore {

  private static final Duration SHORT = Duration.ofMillis(50);

  @Test
  void nobodyHosts() {
    Dgen sender = cluster.node();
    CountersClient counter = CountersClient.of(sender, "c").withTimeout(SHORT);
    counter.withTimeout(Duration.ofSeconds(60)).add(1);
    assertThatThrownBy(counter::value)
        .isInstanceOf(CallTimeoutException.class)
        .hasMessageContaining("no reply to Value to Counters(\"c\") within 50 ms")
        .hasMessageContaining("it is in the entity's queue")
        .hasMessageContaining("not withdrawn");
    assertThat(counter.queueLength()).isEqualTo(2);

    cluster.host(CountersServer.of());
    assertThat(counter.withTimeout(Duration.ofSeconds(60)).value()).isEqualTo(1);
    assertClean();
  }

  @Test
  void theEntityIsBusy() {
    Doorman doorman = new Doorman().hold("first");
    GateClient gate = GateClient.of(cluster.host(GateServer.of(doorman)), "g");
    CompletableFuture<Void> first = gate.passAsync("first");
    doorman.awaitArrival("first");
    assertThatThrownBy(() -> gate.withTimeout(SHORT).ask("second"))
        .isInstanceOf(CallTimeoutException.class)
        .hasMessageContaining("no reply to Ask to Gate(\"g\")")
        .hasMessageContaining("it waited in this node's memory");
    assertThatThrownBy(() -> gate.withTimeout(SHORT).pass("third"))
        .isInstanceOf(CallTimeoutException.class)
        .hasMessageContaining("no acknowledgement to Pass");
    doorman.letIn("first");
    first.join();
    assertThat(gate.passed()).containsExactly("first", "second", "third");
    assertClean();
  }

  @Test
  void aLateReplyLeavesNoKey() {
    Doorman doorman = new Doorman().hold("late");
    Dgen host = cluster.host(GateServer.of(doorman));
    Dgen sender = cluster.node();
    GateClient gate = GateClient.of(sender, "g");
    assertThatThrownBy(() -> gate.withTimeout(SHORT).ask("late"))
        .isInstanceOf(CallTimeoutException.class);
    doorman.letIn("late");
    await().until(() -> GateClient.of(host, "g").passed().contains("late"));
    assertThat(gate.passed()).containsExactly("late");
    assertClean();
  }

  @Test
  void aReplyToANodeThatHasLeftLeavesNoKey() {
    Doorman doorman = new Doorman().hold("late");
    Dgen host = cluster.host(GateServer.of(doorman));
    Dgen sender = cluster.node();
    GateClient gate = GateClient.of(sender, "g");
    assertThatThrownBy(() -> gate.withTimeout(SHORT).ask("late"))
        .isInstanceOf(CallTimeoutException.class);
    doorman.awaitArrival("late");
    sender.close();
    doorman.letIn("late");
    assertThat(GateClient.of(host, "g").passed()).containsExactly("late");
    assertClean();
  }

  @Test
  void aTimeoutIsPositive() {
    CountersClient counter = CountersClient.of(cluster.node(), "c");
    assertThatThrownBy(() -> counter.withTimeout(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("positive");
  }

  private void assertClean() {
    StoredKeys.awaitIdle(cluster::keys);
    cluster.closeNodes();
    cluster.keys().assertOnlyIdleEntities();
  }
}
