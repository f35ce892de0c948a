package io.dgen.tests.failures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.EntityStatus;
import io.dgen.Failure;
import io.dgen.Failure.Kind;
import io.dgen.codec.CodecException;
import io.dgen.error.CallbackException;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.servers.CountersClient;
import io.dgen.tests.servers.CountersServer;
import io.dgen.tests.servers.LessonsClient;
import io.dgen.tests.servers.LessonsServer;
import io.dgen.tests.servers.OldLessons;
import io.dgen.tests.servers.OldLessonsClient;
import io.dgen.tests.servers.OldLessonsServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What is stored and cannot be read: the error says whose bytes they are, and nothing is lost. */
class UnreadableTest extends FailingEntity {

  @Test
  void aStateThatCannotBeReadIsNamed() {
    CountersClient.of(cluster.host(CountersServer.of()), "c").add(1);
    cluster.closeNodes();
    byte[] root = Cluster.OPTIONS.root().getBytes(StandardCharsets.UTF_8);
    List<KeyValue> rows =
        cluster.store().run(tx -> tx.getRange(root, Keys.prefixEnd(root), 0).join());
    byte[] state =
        rows.stream()
            .map(KeyValue::key)
            .filter(key -> KeyKind.of(key, root.length) == KeyKind.STATE)
            .findFirst()
            .orElseThrow();
    cluster
        .store()
        .run(
            tx -> {
              tx.set(state, new byte[] {0x61, 'x'});
              return true;
            });
    CountersClient counter = CountersClient.of(cluster.host(CountersServer.of()), "c");
    assertThatThrownBy(counter::value)
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining("the state of Counters(\"c\") cannot be created or read")
        .cause()
        .isInstanceOfSatisfying(
            CodecException.class,
            e -> {
              assertThat(e.entity()).contains("Counters(\"c\")");
              assertThat(e.path()).contains("Counters.State.value");
              assertThat(e.offset()).hasValue(0);
              assertThat(e)
                  .hasMessage(
                      "Counters(\"c\"): Counters.State.value: expected a long, found a string (byte"
                          + " 0)");
            });
    CountersClient other = CountersClient.of(cluster.node(), "other");
    other.add(2);
    assertThat(other.value()).isEqualTo(2);
  }

  /** A message of a newer version waits for a node that knows it, and is not counted. */
  @Test
  void aMessageThatThisVersionDoesNotKnowIsLeftForANewerNode() {
    assertLeft(lessons -> lessons.study("runes"), "Study");
  }

  private void assertLeft(Consumer<LessonsClient> send, String problem) {
    Dgen old =
        node(policy -> policy.toBuilder().deadLetterThreshold(1).restartIntensity(0, LONG).build());
    old.host(OldLessonsServer.of());
    OldLessonsClient oldLessons = OldLessonsClient.of(old, "a");
    oldLessons.learn("letters", OldLessons.Level.EASY);
    send.accept(LessonsClient.of(cluster.node(), "a"));
    oldLessons.learn("numbers", OldLessons.Level.EASY);
    await()
        .until(
            () ->
                failures.stream()
                        .filter(
                            it ->
                                it.kind() == Kind.UNDECODABLE
                                    && String.valueOf(it.reason()).contains(problem)
                                    && it.attempts() == 0)
                        .count()
                    > 2);
    await()
        .untilAsserted(
            () -> assertThat(failures).extracting(Failure::kind).containsOnly(Kind.UNDECODABLE));
    assertThat(oldLessons.entity().queueLength()).isEqualTo(2);
    // Also a node that knows nothing of the server sees why it stands still.
    EntityStatus.First first =
        cluster.node().admin().entity("Lessons", "a").status().first().orElseThrow();
    assertThat(first.attempts()).isZero();
    assertThat(first.lastError()).contains(problem);
    assertThat(cluster.keys().of(KeyKind.PAUSED)).isEmpty();
    assertThat(oldLessons.entity().deadLetters().length()).isZero();
    cluster.closeNodes();

    LessonsClient lessons =
        LessonsClient.of(
            node(policy -> policy.toBuilder().deadLetterThreshold(1).build())
                .host(LessonsServer.of()),
            "a");
    assertThat(lessons.learned()).containsExactly("letters", "runes", "numbers");
    assertClean(0);
  }

  /** A state that cannot be read is no message's fault: nothing is lost, nothing is counted. */
  @Test
  void aPoisonedStateLosesNoMessage() {
    Dgen node =
        node(policy -> policy.toBuilder().deadLetterThreshold(1).restartIntensity(0, LONG).build());
    CountersClient counters = CountersClient.of(node.host(CountersServer.of()), "c");
    counters.add(1);
    cluster.closeNodes();
    List<KeyValue> healthy = stateRows();
    healthy.forEach(row -> put(row.key(), new byte[] {(byte) 0xFF}));

    Dgen again =
        node(policy -> policy.toBuilder().deadLetterThreshold(1).restartIntensity(0, LONG).build());
    again.host(CountersServer.of());
    assertThatThrownBy(() -> CountersClient.of(again, "c").add(10))
        .isInstanceOf(CallbackException.class)
        .hasMessageContaining("Counters(\"c\")");
    CountersClient remote = CountersClient.of(cluster.node(), "c");
    remote.add(100);
    CompletableFuture<Long> value = remote.valueAsync();
    await().until(() -> failures.stream().filter(it -> it.kind() == Kind.STATE).count() > 3);
    assertThat(value).isNotDone();
    await()
        .untilAsserted(
            () -> assertThat(failures).extracting(Failure::kind).containsOnly(Kind.STATE));
    assertThat(remote.entity().queueLength()).isEqualTo(2);
    assertThat(remote.entity().deadLetters().length()).isZero();

    healthy.forEach(row -> put(row.key(), row.value()));
    assertThat(value.join()).isEqualTo(101);
    assertClean(0);
  }

  private List<KeyValue> stateRows() {
    byte[] prefix = Cluster.OPTIONS.root().getBytes(StandardCharsets.UTF_8);
    return cluster
        .store()
        .<List<KeyValue>>read(
            transaction -> transaction.getRange(prefix, Keys.prefixEnd(prefix), 0).join())
        .stream()
        .filter(row -> KeyKind.of(row.key(), prefix.length) == KeyKind.STATE)
        .toList();
  }

  private void put(byte[] key, byte[] value) {
    cluster
        .store()
        .<Boolean>run(
            transaction -> {
              transaction.set(key, value);
              return true;
            });
  }
}
