package io.dgen.tests.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.store.memory.MemoryStore;
import io.dgen.tests.servers.AwkwardNames;
import io.dgen.tests.servers.AwkwardNames.Move;
import io.dgen.tests.servers.AwkwardNamesClient;
import io.dgen.tests.servers.AwkwardNamesCodec;
import io.dgen.tests.servers.AwkwardNamesMessage;
import io.dgen.tests.servers.AwkwardNamesServer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a generated client's methods are called, and what they take. */
class ClientTest {

  private static final Move MOVE = new Move("lamp", "left", "right");
  private static final String MOVED = "move lamp from left to right";

  private final Dgen dgen = Dgen.open(MemoryStore.open()).host(AwkwardNamesServer.of());
  private final AwkwardNamesClient client = AwkwardNamesClient.of(dgen, "s");

  @AfterEach
  void close() {
    dgen.close();
  }

  @Test
  void messagesAreCalledAsWhatIsDoneToAnEntity() {
    client.pause("a");
    client.reset();
    client.of("b");
    client.wait("c");
    assertThat(client.status()).containsExactly("pause a", "reset", "of b", "wait c");
    assertThat(client.entity().status().pause()).isEmpty();
    assertThat(client.entity().pause("for the test")).isTrue();
    assertThat(client.entity().status().pause()).isPresent();
    assertThat(client.entity().resume()).isTrue();
    client.entity().reset();
    assertThat(client.status()).isEmpty();
  }

  @Test
  void aMethodIsRenamedInTheClientAlone() {
    client.create("a");
    client.createAsync("b").join();
    assertThat(client.raise()).isTrue();
    assertThat(client.status()).containsExactly("new a", "new b", "throw");
    assertThat(
            AwkwardNamesCodec.MESSAGES.name(new AwkwardNamesMessage.New(new AwkwardNames.New("a"))))
        .isEqualTo("New");
  }

  @Test
  void aRecordMayBeSentWhereverItsComponentsMay() {
    client.move(MOVE);
    client.moveAsync(MOVE).join();
    client.castAll(
        batch -> {
          batch.move(MOVE);
          batch.move("lamp", "left", "right");
        });
    client.after(Duration.ZERO).move(MOVE);
    client.at(Instant.EPOCH).move(MOVE);
    await().until(() -> client.status().size() == 6);
    assertThat(client.status()).containsOnly(MOVED);
  }

  @Test
  void aRecordMayBeSentInACallback() {
    client.forward("other", MOVE);
    AwkwardNamesClient other = AwkwardNamesClient.of(dgen, "other");
    await().until(() -> other.status().size() == 2);
    assertThat(other.status()).containsOnly(MOVED);
  }

  @Test
  void clientsAreEqualByEntityAndDelivery() {
    AwkwardNamesClient same = AwkwardNamesClient.of(dgen, "s");
    assertThat(client).isEqualTo(same).hasSameHashCodeAs(same).hasToString("AwkwardNames(\"s\")");
    assertThat(client)
        .isNotEqualTo(AwkwardNamesClient.of(dgen, "t"))
        .isNotEqualTo(client.priority())
        .isNotEqualTo(client.withIdempotencyKey("k"));
  }

  @Test
  void messagesAreEqualByRecord() {
    AwkwardNamesMessage one = new AwkwardNamesMessage.Move(MOVE);
    assertThat(one)
        .isEqualTo(new AwkwardNamesMessage.Move(new Move("lamp", "left", "right")))
        .hasSameHashCodeAs(new AwkwardNamesMessage.Move(MOVE))
        .isNotEqualTo(new AwkwardNamesMessage.Move(new Move("lamp", "right", "left")))
        .hasToString(MOVE.toString());
    assertThat(one.message()).isSameAs(MOVE);
  }
}
