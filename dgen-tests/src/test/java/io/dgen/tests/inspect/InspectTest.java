package io.dgen.tests.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.Dgen;
import io.dgen.EntityStatus;
import io.dgen.Page;
import io.dgen.QueuedMessage;
import io.dgen.error.DeadLetterException;
import io.dgen.generated.EntityRef;
import io.dgen.generated.MessageCodec;
import io.dgen.generated.codec.Json;
import io.dgen.micrometer.MicrometerMetrics;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.ForwardingCodec;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.Counters;
import io.dgen.tests.servers.CountersClient;
import io.dgen.tests.servers.CountersMessage;
import io.dgen.tests.servers.CountersServer;
import io.dgen.tests.servers.Flaky;
import io.dgen.tests.servers.FlakyClient;
import io.dgen.tests.servers.FlakyServer;
import io.dgen.tests.servers.LargeValuesClient;
import io.dgen.tests.servers.LargeValuesServer;
import io.dgen.tests.servers.LogContextClient;
import io.dgen.tests.servers.LogContextServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/**
 * The status of an entity, a listing of all, states and messages as JSON without the classes, the
 * entity and the message in the log, and metrics.
 */
public class InspectTest extends OnEveryStore {

  // Status.

  @Test
  void ofAnEntityThatDoesNotExist() {
    Dgen node = cluster.node();
    assertThat(node.admin().entity("Counters", "nobody").status())
        .isEqualTo(
            new EntityStatus(
                "Counters",
                "nobody",
                false,
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void ofAnIdleEntity() {
    Dgen host = cluster.host(CountersServer.of());
    CountersClient.of(host, "c").add(1);
    EntityStatus status = host.admin().entity("Counters", "c").status();
    assertThat(status.exists()).isTrue();
    assertThat(status.queueLength()).isZero();
    assertThat(status.first()).isEmpty();
    assertThat(status.problem()).isEmpty();
    assertThat(status.owner()).isPresent();
  }

  @Test
  void ofAnEntityWhoseMessagesWaitForAHost() {
    Dgen node = cluster.node();
    Instant before = Instant.now().minusSeconds(1);
    CountersClient counter = CountersClient.of(node, "c");
    counter.add(1);
    counter.add(2);
    EntityStatus status = node.admin().entity("Counters", "c").status();
    assertThat(status.exists()).isFalse();
    assertThat(status.queueLength()).isEqualTo(2);
    assertThat(status.owner()).isEmpty();
    assertThat(status.first())
        .hasValueSatisfying(
            first -> {
              assertThat(first.message()).isEqualTo("Add");
              assertThat(first.attempts()).isZero();
              assertThat(first.sentAt()).isBetween(before, Instant.now().plusSeconds(1));
              assertThat(first.nextAttempt()).isEmpty();
              assertThat(first.lastError()).isEmpty();
              assertThat(first.decodable()).isTrue();
            });
  }

  @Test
  void ofAnEntityWhoseMessageFails() {
    Dgen host =
        cluster.node(
            it ->
                it.toBuilder()
                    .firstRetryDelay(Duration.ofHours(1))
                    .maxRetryDelay(Duration.ofHours(1))
                    .build());
    host.host(FlakyServer.of((context, name) -> {}));
    FlakyClient.of(host, "f").work("a", 1, Flaky.How.EXCEPTION);
    // Any node can ask.
    EntityStatus status = cluster.node().admin().entity("Flaky", "f").status();
    assertThat(status.first())
        .hasValueSatisfying(
            first -> {
              assertThat(first.message()).isEqualTo("Work");
              assertThat(first.attempts()).isEqualTo(1);
              assertThat(first.nextAttempt())
                  .hasValueSatisfying(
                      next ->
                          assertThat(next)
                              .isBetween(
                                  Instant.now().plusSeconds(600), Instant.now().plusSeconds(7200)));
              assertThat(first.lastError()).contains("IllegalStateException: as asked: a");
            });
  }

  @Test
  void ofALockedEntity() {
    CountDownLatch inside = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    Dgen host = cluster.node();
    host.host(
        LogContextServer.of(
            (callback, context) -> {
              if (callback.equals("locked")) {
                inside.countDown();
                awaitQuietly(done);
              }
            }));
    LogContextClient logging = LogContextClient.of(host, "o");
    logging.hold("it");
    awaitQuietly(inside);
    EntityStatus status = host.admin().entity("LogContext", "o").status();
    assertThat(status.lock())
        .hasValueSatisfying(
            lock -> {
              assertThat(status.owner()).contains(lock.node());
              assertThat(lock.message()).isEqualTo("Hold");
              assertThat(lock.since()).isBetween(Instant.now().minusSeconds(60), Instant.now());
            });
    assertThat(status.queueLength()).isEqualTo(1);
    done.countDown();
    assertThat(logging.count()).isEqualTo(10);
    assertThat(host.admin().entity("LogContext", "o").status().lock()).isEmpty();
  }

  @Test
  void ofAPausedEntity() {
    Dgen host = cluster.host(CountersServer.of());
    CountersClient counter = CountersClient.of(host, "c");
    counter.add(1);
    host.admin().entity("Counters", "c").pause("for the test");
    counter.add(1);
    EntityStatus status = cluster.node().admin().entity("Counters", "c").status();
    assertThat(status.pause())
        .hasValueSatisfying(
            pause -> {
              assertThat(pause.reason()).isEqualTo("for the test");
              assertThat(pause.automatic()).isFalse();
              assertThat(pause.since()).isBetween(Instant.now().minusSeconds(60), Instant.now());
            });
    assertThat(status.queueLength()).isEqualTo(1);
    host.admin().entity("Counters", "c").resume();
    assertThat(counter.value()).isEqualTo(2);
    assertThat(host.admin().entity("Counters", "c").status().pause()).isEmpty();
  }

  @Test
  void ofAnEntityWithDeadLetters() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Dgen host = cluster.node(it -> it.toBuilder().metrics(new MicrometerMetrics(registry)).build());
    host.host(
        FlakyServer.of((context, name) -> {}),
        it -> it.failures(policy -> policy.deadLetterThreshold(2)));
    FlakyClient flaky = FlakyClient.of(host, "f");
    assertThatThrownBy(() -> flaky.task("t", 99)).isInstanceOf(DeadLetterException.class);
    assertThat(cluster.node().admin().entity("Flaky", "f").status().deadLetters()).isEqualTo(1);
    assertThat(Json.ofTerm(flaky.entity().deadLetters().list(1).items().getFirst().bytes()))
        .contains("\"name\": \"t\"");
    await()
        .untilAsserted(
            () ->
                assertThat(
                        registry
                            .get("dgen.dead.letters")
                            .tags("server", "Flaky", "message", "Task")
                            .counter()
                            .count())
                    .isEqualTo(1));
  }

  @Test
  public void ofAnEntityWhoseMessageThisVersionDoesNotKnow() {
    Dgen node = cluster.node();
    MessageCodec<CountersMessage> newer =
        new ForwardingCodec<>(CountersServer.of().messages()) {
          @Override
          public String name(CountersMessage message) {
            return "Multiply";
          }
        };
    CountersMessage message = new CountersMessage.Add(new Counters.Add(3));
    EntityRef.of(node, "Counters", "c", newer).cast(message);
    assertThat(node.admin().entity("Counters", "c").status().first())
        .hasValueSatisfying(first -> assertThat(first.decodable()).isTrue());
    Dgen host = cluster.host(CountersServer.of());
    assertThat(host.admin().entity("Counters", "c").status().first())
        .hasValueSatisfying(
            first -> {
              assertThat(first.message()).isEqualTo("Multiply");
              assertThat(first.decodable()).isFalse();
              assertThat(first.lastError()).contains("Multiply");
            });
  }

  @Test
  void ofAnEntityWhoseKeysAreDamaged() {
    Dgen node = cluster.node();
    CountersClient.of(node, "c").add(1);
    set(Tuple.from(0, "Counters", "c", 1), new byte[] {77});
    EntityStatus status = node.admin().entity("Counters", "c").status();
    assertThat(status.problem().orElseThrow()).contains("meta key");
    assertThat(status.queueLength()).isEqualTo(1);
  }

  // The listing.

  @Test
  void entitiesPageByPage() {
    Dgen host = cluster.host(CountersServer.of(), LargeValuesServer.of());
    List<String> ids =
        new ArrayList<>(List.of("a\0b", "a\0", "a", "\u00ff", "z z", "\ud83d\ude00"));
    for (int i = 0; i < 20; i++) {
      ids.add("n" + i);
    }
    for (String id : ids) {
      CountersClient.of(host, id).add(1);
    }
    LargeValuesClient.of(host, "other server").paste("p", new byte[1]);

    List<String> found = new ArrayList<>();
    Optional<String> next = Optional.empty();
    int pages = 0;
    do {
      Page<EntityStatus> page =
          next.isEmpty()
              ? host.admin().entities("Counters", 7)
              : host.admin().entities("Counters", 7, next.orElseThrow());
      assertThat(page.items()).hasSizeBetween(1, 7);
      page.items().forEach(it -> found.add(it.id()));
      assertThat(page.items()).allMatch(EntityStatus::exists);
      next = page.next();
      pages++;
    } while (next.isPresent());
    assertThat(found).containsExactlyInAnyOrderElementsOf(ids).doesNotHaveDuplicates();
    assertThat(pages).isEqualTo(4);
    assertThat(host.admin().entities("Nobody", 10))
        .isEqualTo(new Page<>(List.of(), Optional.empty()));
    assertThatThrownBy(() -> host.admin().entities("Counters", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1");
  }

  @Test
  void entitiesThatAreOnlyAQueueAreListed() {
    Dgen node = cluster.node();
    CountersClient.of(node, "c").add(1);
    assertThat(node.admin().entities("Counters", 10).items())
        .singleElement()
        .satisfies(
            status -> {
              assertThat(status.exists()).isFalse();
              assertThat(status.queueLength()).isEqualTo(1);
            });
  }

  // JSON.

  @Test
  void aStateWithoutItsClasses() {
    LargeValuesClient large = LargeValuesClient.of(cluster.host(LargeValuesServer.of()), "a");
    large.paste("front", new byte[] {1, 2});
    large.paste("back", new byte[100_000]);
    Dgen tool = cluster.node();
    assertThat(tool.admin().entity("LargeValues", "a").stateAsJson())
        .isEqualTo(
            """
            {
              "pages": {
                "back": "0x%s... (100000 bytes)",
                "front": "0x0102"
              }
            }\
            """
                .formatted("00".repeat(500)));
    assertThat(tool.admin().entity("LargeValues", "nobody").stateAsJson()).isEqualTo("null");
  }

  @Test
  void aLargeStateIsCut() {
    LargeValuesClient large = LargeValuesClient.of(cluster.host(LargeValuesServer.of()), "a");
    for (int i = 0; i < 4; i++) {
      large.fill("page" + i, 900_000);
    }
    String json = cluster.node().admin().entity("LargeValues", "a").stateAsJson();
    assertThat(json).contains("page0").contains("\"...\": \"more than");
    assertThat(json.length()).isLessThan(10_000);
  }

  @Test
  void bytesThatAreNoStateAreShown() {
    CountersClient.of(cluster.host(CountersServer.of()), "c").add(1);
    set(Tuple.from(0, "Counters", "c", 16, "value", 0), new byte[] {(byte) 0xFF, 1});
    set(Tuple.from(0, "Counters", "c", 16, 5.5), new byte[] {3});
    assertThat(cluster.node().admin().entity("Counters", "c").stateAsJson())
        .contains("\"undecodable\": \"0xff01\"")
        .contains("\"0x03\"");
  }

  @Test
  void whatIsQueuedWithoutItsClasses() {
    Dgen node = cluster.node();
    CountersClient counter = CountersClient.of(node, "c");
    counter.add(7);
    counter.add(8);
    List<QueuedMessage> queue = cluster.node().admin().entity("Counters", "c").queue(1);
    assertThat(queue)
        .singleElement()
        .satisfies(
            message -> {
              assertThat(message.message()).isEqualTo("Add");
              assertThat(message.attempts()).isZero();
              assertThat(message.json()).isEqualTo("{\n  \"by\": 7\n}");
            });
    assertThat(node.admin().entity("Counters", "c").queue(100)).hasSize(2);
    assertThat(node.admin().entity("Counters", "nobody").queue(1)).isEmpty();
  }

  // The log.

  @Test
  void callbacksLogWithEntityAndMessage() {
    Map<String, Map<String, String>> seen = new ConcurrentHashMap<>();
    Dgen host = cluster.node();
    host.host(LogContextServer.of(seen::put));
    LogContextClient logging = LogContextClient.of(host, "o");
    logging.note("n");
    logging.hold("h");
    logging.peek("p");
    assertThat(logging.count()).isEqualTo(11);
    await().until(() -> seen.size() == 5);
    assertThat(seen.get("init"))
        .containsEntry("dgen.server", "LogContext")
        .containsEntry("dgen.id", "o");
    Map<String, String> messages =
        Map.of("cast", "Note", "action", "Note", "locked", "Hold", "info", "Peek");
    messages.forEach(
        (callback, message) ->
            assertThat(seen.get(callback))
                .isEqualTo(
                    Map.of("dgen.server", "LogContext", "dgen.id", "o", "dgen.message", message)));
    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
  }

  // Metrics.

  @Test
  void metricsThroughMicrometer() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    Dgen host = cluster.node(it -> it.toBuilder().metrics(new MicrometerMetrics(registry)).build());
    host.host(FlakyServer.of((context, name) -> {}));
    FlakyClient flaky = FlakyClient.of(host, "f");
    flaky.work("a", 0, Flaky.How.EXCEPTION);
    flaky.work("b", 1, Flaky.How.EXCEPTION);
    assertThat(flaky.done()).containsExactly("a", "b");
    assertThat(registry.get("dgen.rounds").tag("server", "Flaky").timer().count()).isPositive();
    assertThat(registry.get("dgen.round.messages").summary().totalAmount()).isEqualTo(3);
    assertThat(registry.get("dgen.round.queue").summary().max()).isBetween(1.0, 2.0);
    assertThat(registry.get("dgen.commits").timer().totalTime(TimeUnit.NANOSECONDS)).isPositive();
    assertThat(registry.get("dgen.conflicts").counter().count()).isNotNegative();
  }

  private void set(Tuple key, byte[] value) {
    cluster
        .store()
        .run(
            transaction -> {
              byte[] root = Cluster.OPTIONS.root().getBytes(StandardCharsets.UTF_8);
              transaction.set(key.pack(root), value);
              return true;
            });
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
