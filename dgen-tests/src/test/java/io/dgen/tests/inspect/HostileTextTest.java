package io.dgen.tests.inspect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.FailurePolicy;
import io.dgen.Hosting;
import io.dgen.error.DgenClosedException;
import io.dgen.store.Store;
import io.dgen.store.memory.MemoryStore;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.TestLogging;
import io.dgen.tests.servers.GateClient;
import io.dgen.tests.servers.GateServer;
import io.dgen.tests.servers.Lives;
import io.dgen.tests.servers.MortalClient;
import io.dgen.tests.servers.MortalServer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

/**
 * Texts that come from outside: what they hold stays in its place in logs and errors, and what
 * cannot be stored is refused in the same words everywhere.
 */
class HostileTextTest {

  /** A line feed and a forged line, a terminal's escape, a line separator and an override. */
  private static final String ID = "a\nERROR root - forged\u001B[31m\r\u2028\u2029\u202E\"\\\u0000";

  private static final String SHOWN =
      "a\\u000AERROR root - forged\\u001B[31m\\u000D\\u2028\\u2029\\u202E\\\"\\\\\\u0000";

  private final Store store = MemoryStore.open();
  private final Dgen node =
      Dgen.open(
          store,
          Cluster.OPTIONS.toBuilder()
              .firstRetryDelay(Duration.ofMillis(1))
              .failurePolicy(FailurePolicy.builder().deadLetterThreshold(2).build())
              .build());

  @AfterEach
  void close() {
    node.close();
    store.close();
  }

  @Test
  void idsThatAreClaimedStayInTheirLine() {
    assertThat(Hosting.builder().only("b", ID).build())
        .hasToString("only(\"" + SHOWN + "\", \"b\")");
  }

  @Test
  void anIdStaysInItsLine() {
    List<String> contexts = new CopyOnWriteArrayList<>();
    node.host(
        GateServer.of(
            who -> {
              contexts.add(MDC.get("dgen.id"));
              throw new IllegalStateException("no");
            }));
    GateClient entity = GateClient.of(node, ID);
    try (TestLogging.Heard heard = TestLogging.hear()) {
      assertThatThrownBy(() -> entity.ask("x"))
          .message()
          .contains("Gate(\"" + SHOWN + "\")")
          .doesNotContain("\n", "\u001B");
      await().until(() -> heard.lines().stream().anyMatch(line -> line.text().contains("forged")));
      assertThat(heard.lines())
          .extracting(TestLogging.Line::text)
          .filteredOn(text -> text.contains("forged"))
          .allSatisfy(text -> assertThat(firstLine(text)).contains("Gate(\"" + SHOWN + "\")"));
    }
    assertThat(contexts).isNotEmpty().containsOnly(SHOWN);
    assertThat(entity.toString()).isEqualTo("Gate(\"" + SHOWN + "\")");
  }

  /** Without the stack trace behind it. */
  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }

  @Test
  void aLongIdIsCut() {
    GateClient notHosted = GateClient.of(node, "\n".repeat(2048));
    assertThatThrownBy(notHosted.entity()::reset)
        .message()
        .contains("(2048 characters)")
        .hasSizeLessThan(2000);
  }

  @Test
  void anIdempotencyKeyStaysInItsLine() {
    node.host(GateServer.of(who -> {}));
    GateClient entity = GateClient.of(node, "e").withIdempotencyKey(ID);
    assertThat(entity.ask("x")).isEqualTo("hello x");
    assertThatThrownBy(() -> entity.ask("y"))
        .message()
        .contains("\"" + SHOWN + "\"")
        .doesNotContain("\n", "\u001B");
  }

  @Test
  void aPauseHasAReasonOfLimitedLength() {
    GateClient entity = GateClient.of(node, "e");
    for (String reason : List.of("x".repeat(1001), "x".repeat(300_000))) {
      for (ThrowingCallable pause :
          List.<ThrowingCallable>of(
              () -> node.admin().entity("Gate", "e").pause(reason),
              () -> entity.entity().pause(reason))) {
        assertThatThrownBy(pause)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("1000 characters")
            .hasMessageContaining(Integer.toString(reason.length()))
            .message()
            .hasSizeLessThan(500);
      }
    }
    assertThat(node.admin().entity("Gate", "e").status().pause()).isEmpty();
    assertThat(node.admin().entity("Gate", "e").pause("x".repeat(999) + "\uD800")).isTrue();
    assertThat(node.admin().entity("Gate", "e").status().pause().orElseThrow().reason())
        .isEqualTo("x".repeat(999) + "?");
  }

  @Test
  void theTextOfAStopIsCutInThePauseThatItLeadsTo() {
    node.host(
        MortalServer.of(new Lives()),
        it -> it.failures(policy -> policy.restartIntensity(0, Duration.ofMinutes(1))));
    MortalClient entity = MortalClient.of(node, "e");
    entity.quit("x".repeat(150_000), true);
    await().until(() -> node.admin().entity("Mortal", "e").status().pause().isPresent());
    assertThat(node.admin().entity("Mortal", "e").status().pause().orElseThrow().reason())
        .contains("Quit stopped it: xxx")
        .hasSize(2000);
  }

  @Test
  void whatCannotBeAnIdIsRefusedAlike() {
    for (String id : List.of("a\uD800", "\uDC00b", "x".repeat(4097))) {
      String refusal = refusal(() -> GateClient.of(node, id));
      for (ThrowingCallable operation :
          List.<ThrowingCallable>of(
              () -> node.admin().entity("Gate", id).status(),
              () -> node.admin().entities("Gate", 1, id),
              () -> node.admin().entity("Gate", id).stateAsJson(),
              () -> node.admin().entity("Gate", id).queue(1),
              () -> node.admin().entity("Gate", id).pause("why"),
              () -> node.admin().entity("Gate", id).resume(),
              () -> node.admin().entity("Gate", id))) {
        assertThat(refusal(operation)).isEqualTo(refusal);
      }
    }
  }

  @Test
  void whatCannotBeAServerIsRefusedAlike() {
    for (String server : List.of("a\uD800", "x".repeat(300_000))) {
      String refusal = refusal(() -> node.admin().entity(server, "e").status());
      assertThat(refusal).contains("name of a server").hasSizeLessThan(500);
      for (ThrowingCallable operation :
          List.<ThrowingCallable>of(
              () -> node.admin().entities(server, 1),
              () -> node.admin().entities(server, 1, "e"),
              () -> node.admin().entity(server, "e").stateAsJson(),
              () -> node.admin().entity(server, "e").queue(1),
              () -> node.admin().entity(server, "e").pause("why"),
              () -> node.admin().entity(server, "e").resume())) {
        assertThat(refusal(operation)).isEqualTo(refusal);
      }
    }
  }

  private static String refusal(ThrowingCallable operation) {
    var thrown = org.assertj.core.api.Assertions.catchThrowable(operation);
    assertThat(thrown).isExactlyInstanceOf(IllegalArgumentException.class);
    return Objects.requireNonNull(thrown.getMessage());
  }

  @Test
  void afterCloseAnAsyncMethodGivesAFuture() {
    node.host(GateServer.of(who -> {}));
    GateClient entity = GateClient.of(node, "e");
    node.close();
    for (Supplier<CompletableFuture<?>> async :
        List.<Supplier<CompletableFuture<?>>>of(
            () -> entity.passAsync("x"),
            () -> entity.askAsync("x"),
            () -> entity.priority().askAsync("x"),
            () -> entity.castAllAsync(batch -> {}),
            () -> entity.entity().killAsync(),
            () -> entity.entity().resetAsync())) {
      assertThat(async.get())
          .isCompletedExceptionally()
          .failsWithin(Duration.ZERO)
          .withThrowableThat()
          .withCauseExactlyInstanceOf(DgenClosedException.class);
    }
    for (ThrowingCallable blocking :
        List.<ThrowingCallable>of(
            () -> entity.pass("x"),
            () -> entity.ask("x"),
            () -> entity.castAll(batch -> {}),
            () -> entity.entity().kill(),
            () -> entity.entity().reset())) {
      assertThatThrownBy(blocking).isExactlyInstanceOf(DgenClosedException.class);
    }
  }

  @Test
  void closesThoughItsStoreIsClosed() {
    node.host(GateServer.of(who -> {}));
    GateClient.of(node, "e").pass("x");
    store.close();
    node.close();
  }
}
