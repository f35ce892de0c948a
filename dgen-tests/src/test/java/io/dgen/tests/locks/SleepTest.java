package io.dgen.tests.locks;

import static io.dgen.Results.unlock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.EntityStatus.Locked;
import io.dgen.EntityStatus.Sleeping;
import io.dgen.error.LockLostException;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.Voyage;
import io.dgen.tests.servers.VoyageClient;
import io.dgen.tests.servers.VoyageServer;
import io.dgen.tests.servers.VoyageSteps;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Work under a lock that sleeps: rows, and neither a thread nor a lease, until its time comes. */
class SleepTest extends OnEveryStore {

  private static final Duration SHORT = Duration.ofMillis(30);
  private static final Duration LONG = Duration.ofDays(1000);

  /** What was done, in order. */
  private final List<String> effects = new CopyOnWriteArrayList<>();

  private VoyageClient host(Voyage voyage) {
    return VoyageClient.of(cluster.host(VoyageServer.of(voyage)), "v");
  }

  /** Charts, sleeps for a time, and sails. */
  private Voyage sleeper(Duration duration) {
    return (where, state, context) -> {
      VoyageSteps steps = VoyageSteps.in(context);
      effects.add("run on attempt " + context.attempt());
      String chart = steps.chart(() -> effect("chart"));
      context.sleep(duration);
      int stop = steps.stop(() -> effect("stop").length());
      return unlock(chart + " " + stop, now -> now.with("sailed"));
    };
  }

  private String effect(String what) {
    effects.add(what);
    return what;
  }

  private static Sleeping asleep(VoyageClient voyage) {
    await().until(() -> sleep(voyage).isPresent());
    return sleep(voyage).orElseThrow();
  }

  private static Optional<Sleeping> sleep(VoyageClient voyage) {
    return voyage.entity().status().lock().flatMap(Locked::sleep);
  }

  private void assertNothingLeft() {
    StoredKeys.awaitIdle(cluster::keys);
    for (KeyKind kind : List.of(KeyKind.STEPS, KeyKind.LOCK, KeyKind.LEASE, KeyKind.DUE)) {
      assertThat(cluster.keys().of(kind)).as(kind.name()).isEmpty();
    }
  }

  @Test
  void itGoesOnWhenTheTimeIsOver() {
    VoyageClient voyage = host(sleeper(SHORT));
    CompletableFuture<String> sailed = voyage.sailAsync("north");
    VoyageClient.of(cluster.node(), "v").note("behind");
    assertThat(sailed.join()).isEqualTo("chart 4");
    assertThat(effects).containsExactly("run on attempt 1", "chart", "run on attempt 1", "stop");
    await().until(() -> voyage.log().contains("behind"));
    assertThat(voyage.log()).containsExactly("begin north", "sailed", "behind");
    assertNothingLeft();
  }

  /** A sleeper is five rows: nothing that is renewed, scanned or woken before its time. */
  @Test
  void aSleeperIsRowsAndNothingElse() {
    VoyageClient voyage = host(sleeper(LONG));
    CompletableFuture<String> sailed = voyage.sailAsync("north");
    Sleeping sleeping = asleep(voyage);
    assertThat(Duration.between(sleeping.since(), sleeping.until()))
        .isBetween(LONG, LONG.plusMillis(1));
    await().until(() -> cluster.keys().of(KeyKind.READY).isEmpty());
    assertThat(cluster.keys().of(KeyKind.DUE)).hasSize(1);
    // What is sent to it makes it ready, and the next look makes it a sleeper again.
    VoyageClient.of(cluster.node(), "v").note("behind");
    await().until(() -> cluster.keys().of(KeyKind.READY).isEmpty());
    voyage.priority().note("past it");
    assertThat(voyage.log()).containsExactly("begin north", "past it");
    assertThat(effects).containsExactly("run on attempt 1", "chart");
    voyage.entity().kill();
    assertThatThrownBy(sailed::join).hasMessageContaining("killed");
    assertNothingLeft();
  }

  /** The deadline is stored once, and stays what it is, whatever ends the sleep before. */
  @Test
  void whenTheLockIsBrokenItSleepsUntilTheSameTime() {
    VoyageClient voyage = host(sleeper(LONG));
    CompletableFuture<String> sailed = voyage.sailAsync("north");
    Sleeping first = asleep(voyage);
    assertThat(voyage.entity().breakLock()).isTrue();
    await().until(() -> effects.contains("run on attempt 2"));
    assertThat(asleep(voyage)).isEqualTo(first);
    assertThat(cluster.keys().of(KeyKind.DUE)).hasSize(1);
    assertThat(effects).containsExactly("run on attempt 1", "chart", "run on attempt 2");
    voyage.entity().reset();
    assertThatThrownBy(sailed::join).hasMessageContaining("reset");
    assertNothingLeft();
  }

  @Test
  void aSleepThatIsOverIsNotSleptAgain() {
    AtomicInteger failures = new AtomicInteger(2);
    AtomicInteger sleeps = new AtomicInteger();
    FaultyStore store =
        new FaultyStore(cluster.store())
            .plan(
                commit -> {
                  if (commit.writes(KeyKind.DUE) && commit.writes(KeyKind.LOCK)) {
                    sleeps.incrementAndGet();
                  }
                  return FaultyStore.GO;
                });
    Dgen node =
        cluster
            .node(store, options -> options)
            .host(
                VoyageServer.of(
                    (where, state, context) -> {
                      context.sleep(Duration.ZERO);
                      context.sleep(SHORT);
                      context.sleep(SHORT);
                      if (failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("storm");
                      }
                      return unlock("on attempt " + context.attempt(), now -> now);
                    }));
    assertThat(VoyageClient.of(node, "v").sail("north")).isEqualTo("on attempt 3");
    assertThat(sleeps).hasValue(2);
    assertNothingLeft();
  }

  @Test
  void anotherNodeWakesItIfItsOwnIsGone() {
    Dgen first = cluster.host(VoyageServer.of(sleeper(Duration.ofMillis(200))));
    CompletableFuture<String> sailed = VoyageClient.of(cluster.node(), "v").sailAsync("north");
    await().until(() -> !cluster.keys().of(KeyKind.DUE).isEmpty());
    first.close();
    cluster.host(VoyageServer.of(sleeper(Duration.ofMillis(200))));
    assertThat(sailed.join()).isEqualTo("chart 4");
    assertThat(effects).containsExactly("run on attempt 1", "chart", "run on attempt 1", "stop");
    assertNothingLeft();
  }

  @Test
  void whilePausedItDoesNotGoOn() {
    VoyageClient voyage = host(sleeper(Duration.ofMillis(100)));
    CompletableFuture<String> sailed = voyage.sailAsync("north");
    Sleeping unused = asleep(voyage);
    voyage.entity().pause("not now");
    // Woken, and nobody takes it.
    await().until(() -> cluster.keys().of(KeyKind.DUE).isEmpty());
    assertThat(effects).containsExactly("run on attempt 1", "chart");
    voyage.entity().resume();
    assertThat(sailed.join()).isEqualTo("chart 4");
    assertNothingLeft();
  }

  @Test
  void aHolderThatHasLostTheLockDoesNotSleep() {
    CountDownLatch broken = new CountDownLatch(1);
    AtomicInteger lost = new AtomicInteger();
    VoyageClient voyage =
        host(
            (where, state, context) -> {
              effects.add("run");
              if (context.attempt() == 1) {
                broken.await();
                try {
                  context.sleep(LONG);
                } catch (LockLostException e) {
                  lost.incrementAndGet();
                  throw e;
                }
              }
              return unlock("on attempt " + context.attempt(), now -> now);
            });
    CompletableFuture<String> sailed = voyage.sailAsync("north");
    await().until(() -> effects.contains("run"));
    voyage.entity().breakLock();
    assertThat(sailed.join()).isEqualTo("on attempt 2");
    broken.countDown();
    await().until(() -> lost.get() == 1);
    assertNothingLeft();
  }

  /** What it does after the error that ends it has no effect. */
  @Test
  void handleLockedThatCatchesEverythingSleepsAllTheSame() {
    AtomicInteger runs = new AtomicInteger();
    VoyageClient voyage =
        host(
            (where, state, context) -> {
              runs.incrementAndGet();
              try {
                context.sleep(SHORT);
              } catch (Throwable e) {
                try {
                  VoyageSteps.in(context).chart(() -> effect("never"));
                } catch (IllegalStateException refused) {
                  return unlock("too early", now -> now.with("too early"));
                }
              }
              return unlock("run " + runs.get(), now -> now.with("sailed"));
            });
    assertThat(voyage.sail("north")).isEqualTo("run 2");
    assertThat(voyage.log()).containsExactly("begin north", "sailed");
    assertThat(effects).isEmpty();
    assertNothingLeft();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fate.class,
      names = {"UNKNOWN_BUT_COMMITTED", "UNKNOWN_AND_NOT_COMMITTED", "CONFLICT"})
  void onceThoughTheOutcomeOfACommitIsUnknown(Fate fate) {
    AtomicInteger commits = new AtomicInteger();
    FaultyStore store =
        new FaultyStore(cluster.store())
            .plan(
                commit ->
                    (commit.writes(KeyKind.LEASE) || commit.writes(KeyKind.DUE))
                            && commits.getAndIncrement() % 2 == 0
                        ? CompletableFuture.completedFuture(fate)
                        : FaultyStore.GO);
    Dgen node = cluster.node(store, options -> options).host(VoyageServer.of(sleeper(SHORT)));
    assertThat(VoyageClient.of(node, "v").sail("north")).isEqualTo("chart 4");
    assertThat(effects).containsExactly("run on attempt 1", "chart", "run on attempt 1", "stop");
    assertThat(commits.get()).isGreaterThanOrEqualTo(4);
    assertNothingLeft();
  }

  @Test
  void notWithinAStepAndNeverIsForEver() {
    VoyageClient voyage =
        host(
            (where, state, context) -> {
              VoyageSteps.in(context)
                  .chart(
                      () -> {
                        try {
                          context.sleep(LONG);
                        } catch (IllegalStateException e) {
                          effects.add(String.valueOf(e.getMessage()));
                        }
                        return "";
                      });
              context.sleep(Duration.ofSeconds(Long.MAX_VALUE));
              return unlock("", now -> now);
            });
    CompletableFuture<String> sailed = voyage.sailAsync("north");
    assertThat(asleep(voyage).until()).isAfter(Instant.now().plus(Duration.ofDays(36_000)));
    assertThat(effects).hasSize(1).allMatch(it -> it.contains("within step Chart"));
    voyage.entity().kill();
    assertThatThrownBy(sailed::join).hasMessageContaining("killed");
    assertNothingLeft();
  }
}
