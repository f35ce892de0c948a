package io.dgen.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.error.DgenException;
import io.dgen.tests.harness.DistantStore;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.ManualEnvironment;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.Wire;
import io.dgen.tests.servers.CountersClient;
import io.dgen.tests.servers.CountersServer;
import io.dgen.tests.servers.Doorman;
import io.dgen.tests.servers.GateClient;
import io.dgen.tests.servers.GateServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The store fails for a while, in a way that is not to be tried again, and then it is back. */
class OutageTest extends OnEveryStore {

  private static final int SHARDS = 64;

  /** Whoever sent it has gone, and nothing else comes: nobody will say again that it is there. */
  @Test
  void aQueuedMessageWhoseRoundFailedIsCarriedOutLongBeforeTheNextPoll() {
    GateClient.of(cluster.node(), "g").pass("queued");
    Wire wire = new Wire();
    Dgen host =
        cluster.node(
            new DistantStore(cluster.store(), wire),
            options -> options.toBuilder().pollInterval(Duration.ofHours(1)).build());
    Doorman doorman = new Doorman().hold("queued");
    host.host(GateServer.of(doorman));
    doorman.awaitArrival("queued");
    CompletableFuture<String> own = GateClient.of(host, "g").askAsync("own");
    wire.cut(Wire.Cut.ERRORS);
    doorman.letIn("queued");
    assertThatThrownBy(() -> own.get(60, TimeUnit.SECONDS))
        .as("what the node's own senders hear")
        .hasCauseInstanceOf(DgenException.class);
    wire.mend();
    await().until(() -> cluster.keys().of(KeyKind.QUEUE).isEmpty());
    assertThat(GateClient.of(host, "g").passed()).containsExactly("queued");
  }

  @Test
  void aDelayedMessageThatCouldNotBeMovedIsMovedLongBeforeTheNextPoll() {
    Wire wire = new Wire();
    ManualEnvironment time = new ManualEnvironment();
    DistantStore store = new DistantStore(cluster.store(), wire);
    Dgen host =
        cluster.node(
            store,
            options ->
                options.toBuilder()
                    .environment(time)
                    .pollInterval(Duration.ofHours(1))
                    .build()
                    // No heartbeat: whatever fails is the one thing that is to be done.
                    .toBuilder()
                    .livenessTimeout(Duration.ofDays(1))
                    .build());
    host.host(CountersServer.of());
    CountersClient counter = CountersClient.of(host, "c");
    counter.after(Duration.ofMinutes(1)).add(1);
    await("the first scans").until(() -> store.watches() == SHARDS + 2);
    wire.cut(Wire.Cut.ERRORS);
    time.advance(Duration.ofSeconds(61));
    await().until(() -> wire.refused() > 0);
    wire.mend();
    await()
        .until(
            () -> {
              time.advance(Duration.ofSeconds(1));
              return counter.value() == 1;
            });
  }
}
