package io.dgen.tests.locks;

import static io.dgen.Results.unlock;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.Dgen;
import io.dgen.EntityStatus;
import io.dgen.EntityStatus.StepStatus;
import io.dgen.FailurePolicy;
import io.dgen.LockLost;
import io.dgen.LockedContext;
import io.dgen.StepRetry;
import io.dgen.error.DeadLetterException;
import io.dgen.error.LockLostException;
import io.dgen.error.RefusedException;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.Held;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.NewVoyageServer;
import io.dgen.tests.servers.Voyage;
import io.dgen.tests.servers.VoyageClient;
import io.dgen.tests.servers.VoyageServer;
import io.dgen.tests.servers.VoyageSteps;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Steps: work under a lock that is done once, and remembered with its message. */
class StepsTest extends OnEveryStore {

  /** What was done outside, in order. */
  private final List<String> effects = new CopyOnWriteArrayList<>();

  private VoyageClient host(Voyage voyage) {
    return VoyageClient.of(cluster.host(VoyageServer.of(voyage)), "v");
  }

  private String effect(String what) {
    effects.add(what);
    return what;
  }

  private void assertNoSteps() {
    StoredKeys.awaitIdle(cluster::keys);
    assertThat(cluster.keys().of(KeyKind.STEPS)).isEmpty();
    assertThat(cluster.keys().of(KeyKind.LETTER_STEPS)).isEmpty();
  }

  private static FailurePolicy givenUpAfter(int attempts) {
    return FailurePolicy.builder().lockedThreshold(attempts).callDeadlines(false).build();
  }

  @Test
  void whatIsDoneIsNotDoneAgainWhenALaterStepThrows() {
    AtomicInteger failures = new AtomicInteger(2);
    VoyageClient voyage =
        host(
            (where, state, context) -> {
              VoyageSteps steps = VoyageSteps.in(context);
              String chart = steps.chart(() -> effect("chart " + where));
              int sum = 0;
              for (int i = 0; i < 3; i++) {
                int stop = i;
                sum += steps.stop("stop-" + i, () -> effect("stop " + stop).length() + stop);
              }
              steps.anchor(
                  step -> {
                    effect("anchor " + step.attempt());
                    if (failures.getAndDecrement() > 0) {
                      throw new IOException("no ground");
                    }
                  });
              String result = chart + " " + sum + " on attempt " + context.attempt();
              return unlock(result, now -> now.with(result));
            });
    assertThat(voyage.sail("north")).isEqualTo("chart north 21 on attempt 3");
    assertThat(effects)
        .containsExactly(
            "chart north", "stop 0", "stop 1", "stop 2", "anchor 1", "anchor 2", "anchor 3");
    assertNoSteps();
  }

  /** The step runs again on the next node, and says so; what was recorded before does not. */
  @Test
  void anotherNodeGoesOnWhereTheFirstOneDied() {
    FaultyStore store = new FaultyStore(cluster.store());
    Set<String> keys = new HashSet<>();
    Voyage voyage =
        (where, state, context) -> {
          VoyageSteps steps = VoyageSteps.in(context);
          String chart = steps.chart(step -> effect("chart " + step.attempt()));
          int attempt =
              steps.stop(
                  step -> {
                    effect("stop " + step.attempt());
                    keys.add(step.stepKey());
                    if (step.attempt() == 1) {
                      // Between its effect and its record.
                      store.cut();
                    }
                    return step.attempt();
                  });
          return unlock(chart + ", stop " + attempt, now -> now);
        };
    Dgen first =
        cluster.node(
            store, options -> options.toBuilder().lockTimeout(Duration.ofMillis(200)).build());
    first.host(VoyageServer.of(voyage));
    CompletableFuture<String> sailed = VoyageClient.of(cluster.node(), "v").sailAsync("north");
    await().until(store::isCut);
    Dgen second =
        cluster.node(
            options -> options.toBuilder().livenessTimeout(Duration.ofMillis(500)).build());
    second.host(VoyageServer.of(voyage));
    assertThat(sailed.join()).isEqualTo("chart 1, stop 2");
    assertThat(effects).containsExactly("chart 1", "stop 1", "stop 2");
    assertThat(keys).hasSize(1);
    assertNoSteps();
    cluster.crashed(first);
  }

  @Test
  void keysForServicesDifferFromStepToStep() {
    Set<String> keys = new HashSet<>();
    VoyageClient voyage =
        host(
            (where, state, context) -> {
              VoyageSteps steps = VoyageSteps.in(context);
              steps.chart(step -> effect(keys.add(step.stepKey()) ? "new" : "old"));
              steps.chart("a", step -> effect(keys.add(step.stepKey()) ? "new" : "old"));
              steps.stop("a", step -> effect(keys.add(step.stepKey()) ? "new" : "old").length());
              return unlock("", now -> now);
            });
    voyage.sail("north");
    voyage.sail("north");
    VoyageClient.of(cluster.node(), "w").sail("north");
    assertThat(keys).hasSize(9).allMatch(key -> key.matches("[A-Za-z0-9_-]{43}"));
  }

  @Test
  void oneStepAndKeyTwiceInOneRunIsAnError() {
    List<String> errors = new CopyOnWriteArrayList<>();
    VoyageClient voyage =
        host(
            (where, state, context) -> {
              VoyageSteps steps = VoyageSteps.in(context);
              steps.chart(() -> effect("one"));
              steps.chart("a", () -> effect("two"));
              for (String key : List.of("", "a")) {
                try {
                  if (key.isEmpty()) {
                    steps.chart(() -> effect("never"));
                  } else {
                    steps.chart(key, () -> effect("never"));
                  }
                } catch (IllegalStateException e) {
                  errors.add(e.getMessage());
                }
              }
              return unlock("", now -> now);
            });
    voyage.sail("north");
    assertThat(effects).containsExactly("one", "two");
    assertThat(errors).hasSize(2).allMatch(it -> it.contains("twice in one run"));
    assertThat(errors.get(1)).contains("\"a\"");
  }

  @Test
  void stepsAreForTheThreadAndTheTimeOfHandleLocked() {
    AtomicReference<LockedContext> kept = new AtomicReference<>();
    List<String> errors = new CopyOnWriteArrayList<>();
    VoyageClient voyage =
        host(
            (where, state, context) -> {
              kept.set(context);
              VoyageSteps steps = VoyageSteps.in(context);
              steps.chart(
                  () -> {
                    errors.add(error(() -> steps.stop(() -> 1)));
                    return "outer";
                  });
              Thread other = new Thread(() -> errors.add(error(() -> steps.stop(() -> 1))));
              other.start();
              other.join();
              errors.add(error(() -> steps.chart("x".repeat(257), () -> "")));
              errors.add(error(() -> steps.chart("", () -> "")));
              return unlock("", now -> now);
            });
    voyage.sail("north");
    errors.add(
        error(() -> VoyageSteps.in(Objects.requireNonNull(kept.get())).chart("late", () -> "")));
    assertThat(errors.get(0)).contains("within step Chart");
    assertThat(errors.get(1)).contains("on another thread");
    assertThat(errors.get(2)).contains("at most 256 bytes");
    assertThat(errors.get(3)).contains("is empty");
    assertThat(errors.get(4)).contains("after handleLocked had returned");
    assertNoSteps();
  }

  private static String error(Runnable action) {
    try {
      action.run();
      return "none";
    } catch (IllegalStateException | IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** The token is checked before a step runs, and when its result is recorded. */
  @Test
  void aHolderThatHasLostTheLockRunsNoStepAndRecordsNone() {
    CountDownLatch broken = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    List<String> lost = new CopyOnWriteArrayList<>();
    VoyageClient voyage =
        host(
            (where, state, context) -> {
              VoyageSteps steps = VoyageSteps.in(context);
              if (context.attempt() > 1) {
                return unlock(steps.chart(() -> effect("second")), now -> now);
              }
              try {
                steps.chart(
                    () -> {
                      effect("first");
                      broken.await();
                      return "first";
                    });
              } catch (LockLostException e) {
                lost.add(e.getMessage());
              }
              try {
                steps.stop(() -> effect("after").length());
              } catch (LockLostException e) {
                lost.add(e.getMessage());
              }
              ended.countDown();
              return unlock("first", now -> now.with("first"));
            });
    CompletableFuture<String> sailed = voyage.sailAsync("north");
    await().until(() -> effects.contains("first"));
    voyage.entity().breakLock();
    assertThat(sailed.join()).isEqualTo("second");
    broken.countDown();
    await().until(() -> ended.getCount() == 0);
    assertThat(lost).hasSize(2);
    assertThat(lost.get(0)).contains("Chart has run, but its result is not recorded");
    assertThat(lost.get(1)).contains("Stop did not run");
    assertThat(effects).containsExactly("first", "second");
    assertThat(voyage.log()).containsExactly("begin north", "begin north");
    assertNoSteps();
  }

  @Test
  void aDeadLetterKeepsThemAndGoesOnWhenItIsRequeued() {
    AtomicInteger failures = new AtomicInteger(3);
    Dgen node =
        cluster
            .node(options -> options.toBuilder().failurePolicy(givenUpAfter(1)).build())
            .host(
                VoyageServer.of(
                    (where, state, context) -> {
                      String chart =
                          VoyageSteps.in(context)
                              .chart(step -> effect("chart " + step.stepKey().length()));
                      if (failures.getAndDecrement() > 0) {
                        throw new IllegalStateException("storm");
                      }
                      return unlock(chart, now -> now.with("sailed"));
                    }));
    VoyageClient voyage = VoyageClient.of(node, "v");
    assertThatThrownBy(() -> voyage.sail("north")).isInstanceOf(DeadLetterException.class);
    for (int i = 0; i < 2; i++) {
      assertThat(cluster.keys().of(KeyKind.STEPS)).hasSize(1);
      assertThat(cluster.keys().of(KeyKind.LETTER_STEPS)).hasSize(1);
      String letter = voyage.entity().deadLetters().list(1).items().getFirst().key();
      assertThat(voyage.entity().deadLetters().requeue(letter)).isTrue();
      await().until(() -> voyage.entity().deadLetters().length() == 1);
    }
    assertThat(voyage.entity().deadLetters().requeueAll()).isEqualTo(1);
    await().until(() -> voyage.log().contains("sailed"));
    assertThat(effects).containsExactly("chart 43");
    assertNoSteps();
  }

  /** Each way in which a message ends takes its steps with it. */
  @Test
  void theyGoWithTheirMessage() {
    Dgen node =
        cluster
            .node(options -> options.toBuilder().failurePolicy(givenUpAfter(1)).build())
            .host(
                VoyageServer.of(
                    (where, state, context) -> {
                      VoyageSteps.in(context).cargo(() -> List.of("x".repeat(150_000)));
                      throw new IllegalStateException("storm");
                    }));
    List<String> ids = List.of("discarded", "purged", "killed", "reset");
    for (String id : ids) {
      assertThatThrownBy(() -> VoyageClient.of(node, id).sail("north"))
          .isInstanceOf(DeadLetterException.class);
    }
    // In two chunks each.
    assertThat(cluster.keys().of(KeyKind.STEPS)).hasSize(8);
    var discarded = VoyageClient.of(node, "discarded").entity().deadLetters();
    assertThat(discarded.discard(discarded.list(1).items().getFirst().key())).isTrue();
    assertThat(VoyageClient.of(node, "purged").entity().deadLetters().purge()).isEqualTo(1);
    VoyageClient.of(node, "killed").entity().kill();
    VoyageClient.of(node, "reset").entity().reset();
    assertNoSteps();
  }

  @Test
  void theyGoWithAMessageThatIsDroppedWithItsLock() {
    CountDownLatch free = new CountDownLatch(1);
    Dgen node =
        cluster
            .node(options -> options.toBuilder().lockLost(LockLost.DROP).build())
            .host(
                VoyageServer.of(
                    (where, state, context) -> {
                      VoyageSteps.in(context).chart(() -> effect("chart"));
                      free.await();
                      return unlock("", now -> now);
                    }));
    VoyageClient voyage = VoyageClient.of(node, "v");
    CompletableFuture<String> sailed = voyage.sailAsync("north");
    await().until(() -> cluster.keys().of(KeyKind.STEPS).size() == 1);
    voyage.entity().breakLock();
    assertThatThrownBy(sailed::join).hasCauseInstanceOf(LockLostException.class);
    free.countDown();
    assertNoSteps();
  }

  /** A later attempt may not need the lock at all. */
  @Test
  void theyGoWithAMessageThatALaterAttemptAnswers() {
    VoyageClient voyage =
        host(
            (where, state, context) -> {
              VoyageSteps.in(context).chart(() -> effect("chart"));
              throw new IllegalStateException("storm");
            });
    assertThat(voyage.sail("calm after one attempt")).isEqualTo("calm");
    assertThat(effects).containsExactly("chart");
    assertNoSteps();
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
                    commit.writes(KeyKind.STEPS) && commits.getAndIncrement() % 2 == 0
                        ? CompletableFuture.completedFuture(fate)
                        : FaultyStore.GO);
    Dgen node =
        cluster
            .node(store, options -> options)
            .host(
                VoyageServer.of(
                    (where, state, context) -> {
                      VoyageSteps steps = VoyageSteps.in(context);
                      String one = steps.chart(step -> effect("chart " + step.attempt()));
                      int two = steps.stop(step -> effect("stop").length() + step.attempt());
                      return unlock(one + " " + two, now -> now);
                    }));
    assertThat(VoyageClient.of(node, "v").sail("north")).isEqualTo("chart 1 5");
    assertThat(effects).containsExactly("chart 1", "stop");
    assertThat(commits.get()).isGreaterThan(4);
    assertNoSteps();
  }

  @Test
  void aStepMayBeTriedAgainAndSeesItsAttempt() {
    StepRetry retry =
        StepRetry.upTo(3)
            .withDelays(Duration.ofMillis(1), Duration.ofMillis(2))
            .when(IOException.class::isInstance);
    VoyageClient voyage =
        host(
            (where, state, context) -> {
              VoyageSteps steps = VoyageSteps.in(context).retrying(retry);
              String chart =
                  steps.chart(
                      step -> {
                        effect("chart " + step.attempt());
                        if (step.attempt() < 5) {
                          throw new IOException("fog");
                        }
                        return "charted";
                      });
              if (context.attempt() == 2) {
                steps.stop(
                    () -> {
                      effect("stop");
                      throw new IllegalStateException("not worth another try");
                    });
              }
              return unlock(chart, now -> now);
            });
    assertThat(voyage.sail("north")).isEqualTo("charted");
    assertThat(effects)
        .containsExactly("chart 1", "chart 2", "chart 3", "chart 4", "chart 5", "stop");
  }

  /** A refusal is an outcome: what was caught once is caught again. */
  @Test
  void aRefusalIsRecordedAndThrownAgain() {
    AtomicInteger failures = new AtomicInteger(1);
    VoyageClient voyage =
        host(
            (where, state, context) -> {
              VoyageSteps steps = VoyageSteps.in(context);
              String chart;
              try {
                chart =
                    steps.chart(
                        () -> {
                          effect("refused");
                          throw new RefusedException("ice", "no way");
                        });
              } catch (RefusedException e) {
                chart = e.code() + ", " + e.text();
              }
              steps.anchor(() -> effect("anchor"));
              if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("storm");
              }
              String found = chart;
              return unlock(found, now -> now);
            });
    assertThat(voyage.sail("north")).isEqualTo("ice, no way");
    assertThat(effects).containsExactly("refused", "anchor");
  }

  @Test
  void resultsMayBeLargeUpToALimit() {
    List<Integer> sizes = List.of(0, 99_990, 100_010, 8_900_000);
    VoyageClient voyage =
        host(
            (where, state, context) -> {
              List<Integer> found = new ArrayList<>();
              VoyageSteps steps = VoyageSteps.in(context);
              for (int size : sizes) {
                found.add(steps.chart("" + size, () -> "x".repeat(size)).length());
              }
              if (context.attempt() == 1) {
                throw new IllegalStateException("storm");
              }
              if (where.equals("too far")) {
                steps.chart("too large", () -> "x".repeat(9_000_001));
              }
              return unlock(found.toString(), now -> now);
            });
    assertThat(voyage.sail("north")).isEqualTo(sizes.toString());
    assertThatThrownBy(() -> voyage.sail("too far"))
        .isInstanceOf(DeadLetterException.class)
        .hasMessageContaining("step Chart with the key \"too large\"")
        .hasMessageContaining("9000000");
    voyage.entity().deadLetters().purge();
    assertNoSteps();
  }

  @Test
  void theStatusShowsThem() {
    CountDownLatch free = new CountDownLatch(1);
    VoyageClient voyage =
        host(
            (where, state, context) -> {
              VoyageSteps steps = VoyageSteps.in(context);
              steps.stop("a", () -> 1);
              steps.stop("b", () -> 2);
              steps.chart(
                  () -> {
                    effect("chart");
                    free.await();
                    return "";
                  });
              return unlock("", now -> now);
            });
    CompletableFuture<String> sailed = voyage.sailAsync("north");
    await().until(() -> effects.contains("chart"));
    EntityStatus status = voyage.entity().status();
    List<StepStatus> steps = status.lock().orElseThrow().steps();
    assertThat(steps.stream().map(it -> it.step() + it.key() + it.attempts()))
        .containsExactly("Chart1", "Stopa1", "Stopb1");
    assertThat(steps.stream().map(it -> it.done().isPresent())).containsExactly(false, true, true);
    free.countDown();
    sailed.join();
  }

  /** The record of a step is damaged: the step fails, and runs no second time. */
  @Test
  void aDamagedRecordIsNotTakenForNone() {
    CountDownLatch damaged = new CountDownLatch(1);
    VoyageClient voyage =
        host(
            (where, state, context) -> {
              VoyageSteps.in(context).chart(() -> effect("chart"));
              damaged.await();
              throw new IllegalStateException("storm");
            });
    CompletableFuture<String> sailed = voyage.sailAsync("north");
    await().until(() -> cluster.keys().of(KeyKind.STEPS).size() == 1);
    byte[] key = cluster.rawKeys(KeyKind.STEPS).getFirst();
    cluster.set(key, new byte[] {0, 0, 9, 9, 1});
    damaged.countDown();
    await()
        .until(
            () ->
                voyage
                    .entity()
                    .status()
                    .first()
                    .orElseThrow()
                    .lastError()
                    .contains("cannot be read"));
    assertThat(effects).containsExactly("chart");
    voyage.entity().kill();
    assertThatThrownBy(sailed::join).hasMessageContaining("killed");
    assertNoSteps();
  }

  /**
   * Everyone who releases the lock writes it, so a step in flight is not recorded behind a kill.
   */
  @Test
  void aKillWhileAStepIsBeingRecordedLeavesNothing() {
    Held record = new Held(commit -> commit.writes(KeyKind.STEPS));
    FaultyStore store = new FaultyStore(cluster.store());
    Dgen node =
        cluster
            .node(store, options -> options)
            .host(
                VoyageServer.of(
                    (where, state, context) -> {
                      VoyageSteps.in(context)
                          .chart(
                              () -> {
                                store.plan(record);
                                return effect("chart");
                              });
                      return unlock("", now -> now);
                    }));
    CompletableFuture<String> sailed = VoyageClient.of(node, "v").sailAsync("north");
    record.awaitOne();
    VoyageClient.of(cluster.node(), "v").entity().kill();
    record.release();
    assertThatThrownBy(sailed::join).hasMessageContaining("killed");
    assertNoSteps();
  }

  @Test
  void aNewVersionFindsTheRecordsOfARenamedStep() {
    Dgen old =
        cluster.host(
            VoyageServer.of(
                (where, state, context) -> {
                  VoyageSteps.in(context).chart(() -> effect("charted"));
                  throw new IllegalStateException("storm");
                }));
    CompletableFuture<String> sailed = VoyageClient.of(cluster.node(), "v").sailAsync("north");
    await().until(() -> effects.contains("charted"));
    await().until(() -> VoyageClient.of(old, "v").entity().status().first().isPresent());
    old.close();
    cluster.host(NewVoyageServer.of());
    assertThat(sailed.join()).isEqualTo("charted");
    assertThat(effects).containsExactly("charted");
    assertNoSteps();
  }
}
