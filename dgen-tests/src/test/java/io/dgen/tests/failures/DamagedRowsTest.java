package io.dgen.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.Dgen;
import io.dgen.FailurePolicy;
import io.dgen.codec.CodecException;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.Foreman;
import io.dgen.tests.servers.WorkshopClient;
import io.dgen.tests.servers.WorkshopServer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Rows that something else wrote over: what is intact goes on, and the rest can be ended. */
@Tag("damage")
@Timeout(60)
class DamagedRowsTest extends OnEveryStore {

  private static final byte[] ROOT = Cluster.OPTIONS.root().getBytes(StandardCharsets.UTF_8);
  private static final Duration HOUR = Duration.ofHours(1);

  private final Foreman foreman = new Foreman();

  private Dgen host() {
    return cluster
        .node(
            options ->
                options.toBuilder()
                    .pollInterval(Duration.ofMillis(100))
                    .livenessTimeout(Duration.ofSeconds(2))
                    .failurePolicy(
                        FailurePolicy.builder()
                            .deadLetterThreshold(1)
                            .lockedThreshold(1)
                            .restartIntensity(100, HOUR)
                            .build())
                    .build())
        .host(WorkshopServer.of(foreman));
  }

  private List<KeyValue> rows() {
    return cluster.store().run(tx -> tx.getRange(ROOT, Keys.prefixEnd(ROOT), 0).join());
  }

  private void damage(KeyKind kind, byte[] value) {
    for (KeyValue row : rows()) {
      if (KeyKind.of(row.key(), ROOT.length) == kind) {
        cluster.set(row.key(), value);
      }
    }
  }

  /** An entity of which there is everything that there can be of one. */
  private void makeBad(Dgen host) {
    WorkshopClient bad = WorkshopClient.of(host, "bad");
    bad.add("x");
    bad.withIdempotencyKey("k").say("y");
    bad.after(HOUR).add("later");
    foreman.fail("dead", 9);
    assertThatThrownBy(() -> bad.build("dead")).hasMessageContaining("given up");
    foreman.doorman().hold("held");
    var unused = bad.buildAsync("held");
    foreman.doorman().awaitArrival("held");
    host.admin().entity("Workshop", "bad").pause("for the test");
    bad.add("queued");
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"KILLED", "DAMAGED", "UNKNOWN"})
  void whatIsIntactGoesOn(KeyKind kind) {
    Dgen host = host();
    Dgen sender = cluster.node();
    makeBad(host);
    for (byte[] value : new byte[][] {{0x7F}, {}, new byte[300]}) {
      damage(kind, value);
      assertGoesOn(host, sender, "good " + value.length);
    }
    foreman.doorman().letIn("held");
    WorkshopClient.of(sender, "bad").entity().kill();
    assertThat(WorkshopClient.of(sender, "bad").say("again")).isEqualTo("said again");
    assertThat(WorkshopClient.of(host, "bad").done()).containsExactly("again");
  }

  private static void assertGoesOn(Dgen host, Dgen sender, String id) {
    for (Dgen node : List.of(host, sender)) {
      WorkshopClient good = WorkshopClient.of(node, id + (node.equals(host) ? " near" : " far"));
      good.add("one");
      assertThat(good.withIdempotencyKey("key").say("two")).isEqualTo("said two");
      assertThat(good.withIdempotencyKey("key").say("two")).isEqualTo("said two");
      assertThat(good.build("three")).isEqualTo("made three");
      good.after(Duration.ZERO).add("four");
      await().until(() -> good.done().contains("four"));
    }
  }

  /** Of many damaged delayed messages, more than one transaction looks at. */
  @Test
  void manyDelayedMessagesHoldUpNone() {
    Dgen host = host();
    WorkshopClient good = WorkshopClient.of(host, "good");
    byte[] prefix = Tuple.from(3, "Workshop", shardOf(host, "good")).pack(ROOT);
    cluster
        .store()
        .run(
            tx -> {
              for (int i = 0; i < 700; i++) {
                tx.set(Keys.join(prefix, Tuple.from(1000L + i).pack()), new byte[] {1});
                tx.set(Keys.join(prefix, new byte[] {1, (byte) i, (byte) (i >> 8)}), new byte[0]);
              }
              tx.set(Keys.join(prefix, new byte[] {(byte) 0xFE}), new byte[0]);
              return true;
            });
    good.after(Duration.ZERO).add("x");
    await().until(() -> good.done().contains("x"));
    // One is due later, and hides one more until then.
    await()
        .until(
            () -> rows().stream().filter(row -> Keys.startsWith(row.key(), prefix)).count() == 3);
    byte[] aside = Tuple.from(10).pack(ROOT);
    assertThat(rows()).filteredOn(row -> Keys.startsWith(row.key(), aside)).hasSize(1400);
  }

  private int shardOf(Dgen node, String id) {
    WorkshopClient.of(node, id).after(HOUR).add("later");
    return rows().stream()
        .filter(row -> KeyKind.of(row.key(), ROOT.length) == KeyKind.DUE)
        .mapToInt(row -> (int) KeyKind.tuple(row.key(), ROOT.length).getLong(2))
        .findFirst()
        .orElseThrow();
  }

  /** What is damaged of a queue is taken out of it; its caller hears so, and the rest runs. */
  @Test
  void aQueueGoesOnBehindWhatIsDamaged() {
    Dgen sender = cluster.node();
    WorkshopClient workshop = WorkshopClient.of(sender, "w");
    List<CompletableFuture<String>> calls =
        IntStream.range(0, 6).mapToObj(i -> workshop.sayAsync("s" + i)).toList();
    await().until(() -> workshop.entity().queueLength() == 6);
    List<KeyValue> queue =
        rows().stream().filter(row -> KeyKind.of(row.key(), ROOT.length) == KeyKind.QUEUE).toList();
    assertThat(queue).hasSize(6);
    byte[] header = queue.get(1).value().clone();
    header[8] ^= 0x55;
    cluster.set(queue.get(1).key(), header);
    byte[] record = queue.get(2).value().clone();
    record[record.length - 1] = (byte) 0xFF;
    cluster.set(queue.get(2).key(), record);
    cluster.set(queue.get(3).key(), new byte[] {0, 0, 0, 7});
    cluster.set(Keys.join(queue.get(3).key(), new byte[] {1}), new byte[9]);
    byte[] longer = queue.get(4).value().clone();
    longer[7] ^= 1;
    cluster.set(queue.get(4).key(), longer);
    host();
    assertThat(calls.get(0).join()).isEqualTo("said s0");
    assertThat(calls.get(5).join()).isEqualTo("said s5");
    assertThatThrownBy(calls.get(2)::join)
        .hasCauseInstanceOf(CodecException.class)
        .hasMessageContaining("damaged");
    assertThat(workshop.done()).containsExactly("s0", "s5");
    StoredKeys.awaitIdle(cluster::keys);
  }

  @Test
  void aDamagedReplyHoldsUpNoOther() {
    Dgen host = host();
    Dgen sender = cluster.node();
    host.admin().entity("Workshop", "w").pause("for the test");
    WorkshopClient workshop = WorkshopClient.of(sender, "w");
    List<CompletableFuture<String>> calls =
        IntStream.range(0, 4).mapToObj(i -> workshop.sayAsync("s" + i)).toList();
    await().until(() -> workshop.entity().queueLength() == 4);
    List<Tuple> callers =
        rows().stream()
            .filter(row -> KeyKind.of(row.key(), ROOT.length) == KeyKind.QUEUE)
            .map(row -> Tuple.fromBytes(row.value(), 8, headerLength(row.value())))
            .toList();
    byte[][] replies = {{127, 0x33, 1}, {}, {1, 2, 3}, {0, (byte) 0xFF}};
    cluster
        .store()
        .run(
            tx -> {
              for (int i = 0; i < 4; i++) {
                Tuple caller = callers.get(i);
                byte[] prefix = Tuple.from(4, caller.getUUID(3)).pack(ROOT);
                tx.set(Keys.join(prefix, Tuple.from(caller.getLong(4), 0).pack()), replies[i]);
                tx.set(Keys.join(prefix, new byte[] {2, (byte) i}), new byte[0]);
                tx.mutate(
                    MutationType.ADD,
                    Tuple.from(5, caller.getUUID(3)).pack(ROOT),
                    new byte[] {1, 0, 0, 0, 0, 0, 0, 0});
              }
              return true;
            });
    for (CompletableFuture<String> call : calls) {
      assertThatThrownBy(call::join).hasCauseInstanceOf(CodecException.class);
    }
    assertThat(WorkshopClient.of(sender, "other").say("x")).isEqualTo("said x");
  }

  private static int headerLength(byte[] envelope) {
    return ByteBuffer.wrap(envelope).getInt();
  }

  /** Damaged letters are listed and discarded like others, and the others are requeued. */
  @Test
  void aDamagedDeadLetterHidesNoOther() {
    Dgen host = host();
    WorkshopClient workshop = WorkshopClient.of(host, "w");
    for (String each : List.of("a", "b", "c", "d")) {
      foreman.fail(each, 1);
      assertThatThrownBy(() -> workshop.build(each)).hasMessageContaining("given up");
    }
    List<KeyValue> letters =
        rows().stream().filter(row -> KeyKind.of(row.key(), ROOT.length) == KeyKind.DEAD).toList();
    cluster.set(letters.get(0).key(), new byte[] {1});
    cluster.set(letters.get(2).key(), new byte[300]);
    assertThat(workshop.entity().deadLetters().list(10).items().size()).isPositive();
    foreman.fail("b", 0).fail("d", 0);
    assertThat(workshop.entity().deadLetters().requeueAll()).isEqualTo(2);
    await().untilAsserted(() -> assertThat(workshop.done()).contains("built b", "built d"));
    while (!workshop.entity().deadLetters().list(10).items().isEmpty()) {
      String key = workshop.entity().deadLetters().list(10).items().getFirst().key();
      assertThat(workshop.entity().deadLetters().discard(key)).isTrue();
    }
  }
}
