package io.dgen.internal.engine.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.Hosting;
import io.dgen.error.DgenException;
import io.dgen.internal.engine.format.HostedIds;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.engine.tx.Receipts;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.internal.store.memory.DeterministicStore;
import io.dgen.internal.testing.ManualTime;
import io.dgen.spi.Environment;
import io.dgen.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nodes that join, host, leave and die on virtual time, with a liveness timeout of 5 s. */
final class MembershipTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final Duration HEARTBEAT = TIMEOUT.dividedBy(4);
  private static final KeyLayout LAYOUT = new KeyLayout("dgen".getBytes(UTF_8));

  private final ManualTime time = new ManualTime();
  private final Random random = new Random(1);
  private final Store store = DeterministicStore.open(time, time, random);

  @Test
  void whoJoinsSeesAllAndIsSeenWithTheNextHeartbeat() throws Exception {
    Node first = new Node();
    time.advance(Duration.ofMillis(100));
    Node second = new Node();
    assertThat(second.seen()).containsExactlyInAnyOrder(first.id, second.id);
    assertThat(first.seen()).containsExactly(first.id);
    time.advance(HEARTBEAT);
    assertThat(first.seen()).containsExactlyInAnyOrder(first.id, second.id);
  }

  @Test
  void aConflictMakesANodeLookAtOnce() throws Exception {
    Node first = new Node();
    Node second = new Node();
    first.membership.suspect();
    time.advance(Duration.ZERO);
    assertThat(first.seen()).containsExactlyInAnyOrder(first.id, second.id);
  }

  @Test
  void whoLeavesIsGoneWithTheNextHeartbeat() throws Exception {
    Node first = new Node();
    Node second = new Node();
    second.membership.leave();
    time.advance(HEARTBEAT);
    assertThat(first.seen()).containsExactly(first.id);
  }

  /** However far its heartbeat had come. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void whoLeavesDuringItsHeartbeatStaysGone(int awaits) throws Exception {
    Node first = new Node();
    Node second = new Node();
    second.meanwhile = second.membership::leave;
    second.awaits = awaits;
    time.advance(HEARTBEAT);
    time.advance(HEARTBEAT);
    assertThat(first.seen()).containsExactly(first.id);
  }

  /** Right behind its heartbeat is the worst moment for a node to die. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 600, 1249})
  void theDeadAreSeenWithinTheLivenessTimeout(int millisBehindTheHeartbeat) throws Exception {
    Node first = new Node();
    time.advance(Duration.ofMillis(700));
    Node second = new Node();
    time.advance(HEARTBEAT.multipliedBy(3));
    assertThat(first.seen()).contains(second.id);
    time.advance(Duration.ofMillis(millisBehindTheHeartbeat));
    second.dead = true;
    time.advance(TIMEOUT.multipliedBy(3).dividedBy(4).minusMillis(millisBehindTheHeartbeat));
    assertThat(first.seen()).as("three heartbeats may be missed").contains(second.id);
    time.advance(TIMEOUT.dividedBy(4).minusMillis(100));
    assertThat(first.seen()).containsExactly(first.id);
  }

  @Test
  void ofTwoLooksThatOverlapTheLaterOneCounts() throws Exception {
    Node first = new Node();
    first.membership.suspect();
    Node[] second = new Node[1];
    // The look has read, and not yet said what, when another one is done.
    first.awaits = 3;
    first.meanwhile =
        () -> {
          second[0] = new Node();
          first.membership.announce();
          assertThat(first.seen()).contains(second[0].id);
        };
    time.advance(Duration.ZERO);
    assertThat(second[0]).as("the other look").isNotNull();
    assertThat(first.seen()).containsExactlyInAnyOrder(first.id, second[0].id);
  }

  @Test
  void claimsAreSeenByOthers() throws Exception {
    Node first = new Node();
    Node second = new Node();
    first.membership.claim("Counter", HostedIds.all());
    first.membership.announce();
    second.membership.claim("Counter", HostedIds.only(List.of("a", "b")));
    second.membership.announce();
    time.advance(HEARTBEAT);
    for (Node node : List.of(first, second)) {
      assertThat(node.membership.placement().owner("Counter", "a")).isEqualTo(second.id);
      assertThat(node.membership.placement().owner("Counter", "b")).isEqualTo(second.id);
      assertThat(node.membership.placement().owner("Counter", "c")).isEqualTo(first.id);
    }
  }

  @Test
  void claimsAreBounded() throws Exception {
    Node node = new Node();
    List<String> most = IntStream.range(0, Hosting.MAX_IDS).mapToObj(i -> "id" + i).toList();
    node.membership.claim("Counter", HostedIds.only(most));
    assertThatThrownBy(() -> node.membership.claim("Gate", HostedIds.only(List.of("one more"))))
        .isInstanceOf(DgenException.class)
        .hasMessageContaining("cannot host Gate")
        .hasMessageContaining("claim 1001 ids")
        .hasMessageContaining("claim fewer");
    node.membership.claim("Gate", HostedIds.all());
    String wide = "x".repeat(4000);
    List<String> long13 = IntStream.range(0, 13).mapToObj(i -> wide + i).toList();
    Node other = new Node();
    assertThatThrownBy(() -> other.membership.claim("Counter", HostedIds.only(long13)))
        .isInstanceOf(DgenException.class)
        .hasMessageContaining("bytes");
    other.membership.claim("Counter", HostedIds.only(long13.subList(0, 12)));
    other.membership.announce();
    assertThat(node.membership.placement().owner("Counter", wide + 3)).isNull();
    time.advance(HEARTBEAT);
    assertThat(node.membership.placement().owner("Counter", wide + 3)).isEqualTo(other.id);
  }

  /** Something that happens in the middle of something else. */
  @FunctionalInterface
  private interface Meanwhile {

    void run() throws InterruptedException;
  }

  /** One node's membership, in an environment that the test can stop. */
  private final class Node implements Environment {

    private final NodeId id = NodeId.random(random);
    private final Membership membership;
    private boolean dead;

    /** After how many times of waiting something happens; never if negative. */
    private int awaits = -1;

    private Meanwhile meanwhile = () -> {};

    Node() throws InterruptedException {
      Receipts receipts = new Receipts(LAYOUT, id);
      Transactor transactor = new Transactor(store, this, receipts);
      Suspects suspects = new Suspects(Optional.empty());
      membership =
          new Membership(
              LAYOUT,
              id,
              this,
              transactor,
              receipts,
              new RunningTime(LAYOUT, this, TIMEOUT),
              TIMEOUT,
              suspects,
              () -> {});
      membership.join();
    }

    List<NodeId> seen() {
      return membership.placement().members().stream().map(Member::id).toList();
    }

    @Override
    public long nanoTime() {
      return time.getAsLong();
    }

    @Override
    public Instant now() {
      return Instant.EPOCH.plusNanos(time.getAsLong());
    }

    @Override
    public RandomGenerator random() {
      return random;
    }

    @Override
    public void execute(Runnable task) {
      schedule(Duration.ZERO, task);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
      return time.schedule(
              () -> {
                if (!dead) {
                  task.run();
                }
              },
              delay)
          ::cancel;
    }

    @Override
    public <T> T await(CompletableFuture<T> future) throws InterruptedException {
      if (awaits > 0 && --awaits == 0) {
        meanwhile.run();
      }
      // A back-off among others: whoever waits lets time go on, as there is no other thread.
      time.runUntil(future);
      try {
        return future.join();
      } catch (CompletionException e) {
        // As every environment does, or no conflict is told from a bug.
        if (e.getCause() instanceof RuntimeException cause) {
          throw cause;
        }
        throw e;
      }
    }
  }
}
