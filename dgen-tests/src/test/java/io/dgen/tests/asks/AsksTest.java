package io.dgen.tests.asks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.dgen.Context;
import io.dgen.DeadLetter;
import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.EntityStatus;
import io.dgen.Metrics;
import io.dgen.error.RefusedException;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.Oracle;
import io.dgen.tests.servers.OracleClient;
import io.dgen.tests.servers.OracleServer;
import io.dgen.tests.servers.Seeker;
import io.dgen.tests.servers.SeekerAsks;
import io.dgen.tests.servers.SeekerClient;
import io.dgen.tests.servers.SeekerMessage;
import io.dgen.tests.servers.SeekerServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Entities that ask others: each ask has one answer, whatever becomes of either of the two. */
class AsksTest extends OnEveryStore {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final byte[] OWN = "oracle/own".getBytes(StandardCharsets.UTF_8);
  private static final Duration SOON = Duration.ofMillis(30);

  private final Map<String, Consumer<Context>> onConsulted = new ConcurrentHashMap<>();
  private final Map<String, Consumer<Context>> onSought = new ConcurrentHashMap<>();
  private final Map<String, Consumer<Context>> onHeard = new ConcurrentHashMap<>();
  private final Map<String, Runnable> onWork = new ConcurrentHashMap<>();
  private final List<String> consulted = new CopyOnWriteArrayList<>();
  private final AtomicInteger late = new AtomicInteger();

  private final Oracle oracle =
      new Oracle() {
        @Override
        public void consulted(String what, Context context) {
          consulted.add(what);
          onConsulted.getOrDefault(what, nothing -> {}).accept(context);
        }

        @Override
        public void working(String what) {
          onWork.getOrDefault(what, () -> {}).run();
        }
      };

  private final Seeker seeker =
      new Seeker() {
        @Override
        public void sought(String what, Context context) {
          onSought.getOrDefault(what, nothing -> {}).accept(context);
        }

        @Override
        public void hears(String what, Context context) {
          onHeard.getOrDefault(what, nothing -> {}).accept(context);
        }

        @Override
        public void ponders(String what) {
          onWork.getOrDefault(what, () -> {}).run();
        }
      };

  private DgenOptions options(DgenOptions options) {
    return options.toBuilder()
        .failures(it -> it.deadLetterThreshold(2))
        .metrics(
            new Metrics() {
              @Override
              public void lateAnswer(String server) {
                late.incrementAndGet();
              }
            })
        .build();
  }

  private Dgen seekers() {
    return cluster.node(this::options).host(SeekerServer.of(seeker));
  }

  private Dgen oracles() {
    return cluster.node(this::options).host(OracleServer.of(oracle));
  }

  private Dgen both() {
    return seekers().host(OracleServer.of(oracle));
  }

  private static void fail(Context context) {
    throw new IllegalStateException("attempt " + context.attempt());
  }

  private static SeekerClient seeker(Dgen node) {
    return SeekerClient.of(node, "s");
  }

  private static OracleClient oracle(Dgen node) {
    return OracleClient.of(node, "o");
  }

  private void awaitHeard(Dgen node, String... heard) {
    await().untilAsserted(() -> assertThat(seeker(node).heard()).containsExactly(heard));
    StoredKeys.awaitIdle(cluster::keys);
    assertThat(seeker(node).heard()).containsExactly(heard);
    assertNothingOpen();
  }

  private void assertNothingOpen() {
    assertNothingOpen(KeyKind.ASK, KeyKind.OWED, KeyKind.DELAYED, KeyKind.DUE);
  }

  private void assertNothingOpen(KeyKind... kinds) {
    for (KeyKind kind : kinds) {
      assertThat(cluster.keys().of(kind)).as("%s", kind).isEmpty();
    }
  }

  private void awaitConsulted(String what) {
    await().until(() -> consulted.contains(what));
    StoredKeys.awaitIdle(cluster::keys);
  }

  @Test
  void aReplyComesBackOnOneNodeAndBetweenTwo() {
    Dgen both = both();
    seeker(both).seek("o", "here");
    awaitHeard(both, "here: yes, here");
    both.close();
    cluster.forget(both);
    Dgen seekers = seekers();
    oracles();
    seeker(seekers).seek("o", "there");
    awaitHeard(seekers, "here: yes, here", "there: yes, there");
    assertThat(consulted).containsExactly("here", "there");
    assertThat(late).hasValue(0);
  }

  @Test
  void manyAsksOfOneEntityKeepTheirOrder() {
    Dgen seekers = seekers();
    Dgen oracles = oracles();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      seeker(i % 2 == 0 ? seekers : oracles).seek("o", "q" + i);
      expected.add("q" + i + ": yes, q" + i);
    }
    awaitHeard(seekers, expected.toArray(String[]::new));
    assertThat(consulted).hasSize(100);
  }

  @Test
  void anEntityAsksItself() {
    Dgen both = both();
    seeker(both).reflect("s");
    awaitHeard(both, "count 1: 1");
  }

  @Test
  void aRefusalComesBack() {
    onConsulted.put("no", context -> refuse());
    Dgen seekers = seekers();
    oracles();
    seeker(seekers).seek("o", "no");
    awaitHeard(seekers, "no: refused sold-out NONE");
  }

  private static void refuse() {
    throw new RefusedException("sold-out", "come back tomorrow");
  }

  /** Somebody writes what the first attempt has read, before it commits. */
  @Test
  void theAnswerOfAnAttemptThatConflictsIsNotGiven() throws InterruptedException {
    CountDownLatch read = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    onConsulted.put(
        "free",
        context -> {
          boolean isFree = context.transaction().get(OWN).join() == null;
          read.countDown();
          join(written);
          if (!isFree) {
            refuse();
          }
        });
    Dgen seekers = seekers();
    oracles();
    seeker(seekers).seek("o", "free");
    read.await();
    cluster.set(OWN, new byte[] {1});
    written.countDown();
    awaitHeard(seekers, "free: refused sold-out NONE");
    assertThat(consulted).containsExactly("free", "free");
    assertThat(late).hasValue(0);
  }

  @Test
  void aCallThatIsGivenUpComesBackAndIsADeadLetter() {
    onConsulted.put("fails", AsksTest::fail);
    Dgen seekers = seekers();
    Dgen oracles = oracles();
    seeker(seekers).seek("o", "fails");
    awaitHeard(seekers, "fails: GIVEN_UP NONE");
    assertThat(consulted).containsExactly("fails", "fails");
    DeadLetter<?> letter = oracle(oracles).entity().deadLetters().list(1).items().getFirst();
    assertThat(letter.callerTold()).isTrue();
    onConsulted.clear();
    assertThat(oracle(oracles).entity().deadLetters().requeueAll()).isEqualTo(1);
    awaitConsulted("fails");
    awaitHeard(seekers, "fails: GIVEN_UP NONE");
    assertThat(late).as("nobody waits for what is requeued").hasValue(0);
  }

  @Test
  void aReplyThatIsGivenLaterCountsOnce() {
    Dgen seekers = seekers();
    Dgen oracles = oracles();
    seeker(seekers).seek("o", "later 1");
    awaitConsulted("later 1");
    assertThat(cluster.keys().of(KeyKind.OWED)).hasSize(1);
    assertThat(cluster.keys().of(KeyKind.ASK)).hasSize(1);
    assertThat(seeker(seekers).heard()).isEmpty();
    oracle(oracles).utter("later 1", "at last");
    awaitHeard(seekers, "later 1: at last");
    oracle(oracles).utter("later 1", "again");
    awaitHeard(seekers, "later 1: at last");
    assertThat(late).hasValue(1);
  }

  @Test
  void anotherEntityMayGiveTheReply() {
    Dgen both = both();
    seeker(both).seek("o", "later 1");
    awaitConsulted("later 1");
    oracle(both).delegate("later 1", "p");
    awaitHeard(both, "later 1: from p");
  }

  @Test
  void aReplyUnderALockAndOneThatFollowsIt() {
    Dgen seekers = seekers();
    Dgen oracles = oracles();
    seeker(seekers).seek("o", "lock");
    awaitHeard(seekers, "lock: after long thought, lock");
    seeker(seekers).seek("o", "locklater");
    await().until(() -> cluster.keys().of(KeyKind.OWED).size() == 1);
    StoredKeys.awaitIdle(cluster::keys);
    oracle(oracles).utter("locklater", "so it is");
    awaitHeard(seekers, "lock: after long thought, lock", "locklater: so it is");
  }

  @Test
  void anEntityThatStopsAndAReplyThatIsTooLarge() {
    Dgen seekers = seekers();
    oracles();
    seeker(seekers).seek("o", "stop");
    awaitHeard(seekers, "stop: STOPPED APPLIED");
    seeker(seekers).seek("o", "big");
    awaitHeard(seekers, "stop: STOPPED APPLIED", "big: TOO_LARGE APPLIED");
  }

  @Test
  void aKillAnswersWhatHasNotRun() {
    Dgen seekers = seekers();
    Dgen oracles = oracles();
    oracle(oracles).entity().pause("to keep it waiting");
    seeker(seekers).seek("o", "waits");
    await().until(() -> oracle(oracles).entity().status().queueLength() == 1);
    oracle(oracles).entity().kill();
    awaitHeard(seekers, "waits: KILLED NONE");
    assertThat(consulted).isEmpty();
  }

  @Test
  void aKillAnswersWhatHoldsTheLock() throws InterruptedException {
    CountDownLatch began = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    onWork.put(
        "lock",
        () -> {
          began.countDown();
          join(end);
        });
    Dgen seekers = seekers();
    Dgen oracles = oracles();
    seeker(seekers).seek("o", "lock");
    began.await();
    oracle(oracles).entity().kill();
    end.countDown();
    awaitHeard(seekers, "lock: KILLED UNKNOWN");
  }

  private static void join(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** More than one page of the sweep, and one that the new entity owes. */
  @Test
  void aKillGivesTheAnswersThatWereOwed() {
    Dgen seekers = seekers();
    Dgen oracles = oracles();
    int owed = 600;
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < owed; i++) {
      seeker(seekers).seek("o", "later " + i);
      expected.add("later " + i + ": KILLED APPLIED");
    }
    await().until(() -> cluster.keys().of(KeyKind.OWED).size() == owed);
    StoredKeys.awaitIdle(cluster::keys);
    oracle(oracles).entity().kill();
    await().until(() -> seeker(seekers).heard().size() == owed);
    assertThat(seeker(seekers).heard()).containsExactlyInAnyOrderElementsOf(expected);
    StoredKeys.awaitIdle(cluster::keys);
    assertNothingOpen();
  }

  @Test
  void aDeleteGivesTheAnswersThatWereOwed() {
    Dgen seekers = seekers();
    Dgen oracles = oracles();
    seeker(seekers).seek("o", "later 1");
    seeker(seekers).seek("o", "later 2");
    awaitConsulted("later 2");
    seeker(seekers).seek("o", "delete");
    await().until(() -> seeker(seekers).heard().size() == 3);
    assertThat(seeker(seekers).heard())
        .containsExactlyInAnyOrder(
            "delete: DELETED APPLIED", "later 1: DELETED APPLIED", "later 2: DELETED APPLIED");
    StoredKeys.awaitIdle(cluster::keys);
    assertNothingOpen();
    assertThat(oracle(oracles).entity().status().exists()).isFalse();
    // What the deleted entity has asked goes with it.
    seeker(seekers).hurry("o", "later 3", HOUR);
    awaitConsulted("later 3");
    seeker(seekers).count(-1);
    await().until(() -> !seeker(seekers).entity().status().exists());
    assertNothingOpen(KeyKind.ASK, KeyKind.DELAYED);
    oracle(oracles).utter("later 3", "anyone there?");
    await().until(() -> late.get() == 1);
    awaitHeard(seekers);
  }

  @Test
  void theEndOfTheTimeComesBackAndTheReplyIsLate() {
    Dgen seekers = seekers();
    Dgen oracles = oracles();
    seeker(seekers).hurry("o", "later", SOON);
    awaitConsulted("later");
    await().until(() -> !seeker(seekers).heard().isEmpty());
    assertThat(seeker(seekers).heard()).containsExactly("later: TIMED_OUT UNKNOWN");
    oracle(oracles).utter("later", "too late");
    awaitHeard(seekers, "later: TIMED_OUT UNKNOWN");
    assertThat(late).hasValue(1);
  }

  @Test
  void aReplyInTimeStopsTheClock() {
    Dgen both = both();
    seeker(both).hurry("o", "quick", HOUR);
    awaitHeard(both, "quick: yes, quick");
    seeker(both).hurry("o", "for ever", Duration.ofSeconds(Long.MAX_VALUE));
    awaitHeard(both, "quick: yes, quick", "for ever: yes, for ever");
  }

  @Test
  void nobodyHostsTheServerThatIsAsked() {
    Dgen seekers = seekers();
    seeker(seekers).hurry("o", "anyone", SOON);
    await().until(() -> !seeker(seekers).heard().isEmpty());
    assertThat(seeker(seekers).heard()).containsExactly("anyone: TIMED_OUT UNKNOWN");
    // It was not withdrawn.
    oracles();
    awaitConsulted("anyone");
    awaitHeard(seekers, "anyone: TIMED_OUT UNKNOWN");
    assertThat(late).hasValue(1);
  }

  @Test
  void whatIsAskedCountsWithItsCallback() {
    onSought.put("twice", context -> failOnce(context));
    onSought.put("refused", context -> refuse());
    Dgen both = both();
    seeker(both).seek("o", "refused");
    seeker(both).seek("o", "twice");
    awaitHeard(both, "twice: yes, twice");
    assertThat(consulted).containsExactly("twice");
  }

  private static void failOnce(Context context) {
    if (context.attempt() == 1) {
      fail(context);
    }
  }

  @Test
  void anAnswerToAnEntityThatIsGoneIsLate() {
    Dgen seekers = seekers();
    Dgen oracles = oracles();
    seeker(seekers).seek("o", "later 1");
    awaitConsulted("later 1");
    seeker(seekers).entity().kill();
    assertThat(cluster.keys().of(KeyKind.ASK)).isEmpty();
    oracle(oracles).utter("later 1", "anyone there?");
    await().until(() -> late.get() == 1);
    StoredKeys.awaitIdle(cluster::keys);
    assertThat(seeker(seekers).entity().status().exists()).isFalse();
    assertNothingOpen();
  }

  /** The answer is in the queue when the asker is killed and comes back to life. */
  @Test
  void aNewIncarnationDoesNotHearWhatTheFormerAsked() {
    Dgen both = both();
    seeker(both).seek("o", "later 1");
    awaitConsulted("later 1");
    seeker(both).entity().reset();
    oracle(both).utter("later 1", "late");
    seeker(both).seek("o", "new");
    awaitHeard(both, "new: yes, new");
    assertThat(late).hasValue(1);
  }

  @Test
  void aHandleAnswerThatFailsIsRetried() {
    onHeard.put("q", AsksTest::failOnce);
    Dgen both = both();
    seeker(both).seek("o", "q");
    awaitHeard(both, "q: yes, q");
    assertThat(consulted).containsExactly("q");
  }

  @Test
  void aDeadLetterOfAnAnswerCanBeRequeuedAsOne() {
    onHeard.put("q", AsksTest::fail);
    Dgen both = both();
    seeker(both).hurry("o", "q", HOUR);
    awaitHeard(both, "gave up q: yes, q");
    DeadLetter<SeekerMessage> letter =
        seeker(both).entity().deadLetters().list(1).items().getFirst();
    assertThat(letter.name()).isEqualTo("Oracle.Consult");
    assertThat(letter.message().orElseThrow())
        .isInstanceOfSatisfying(
            SeekerMessage.OracleConsult.class,
            it -> assertThat(it.message().asked().what()).isEqualTo("q"));
    assertThat(
            both.admin().entity("Seeker", "s").deadLetters().list(1).items().getFirst().message())
        .contains(
            """
            {
              "asked": {
                "what": "q"
              },
              "answer": "yes, q"
            }\
            """);
    onHeard.clear();
    assertThat(seeker(both).entity().deadLetters().requeueAll()).isEqualTo(1);
    awaitHeard(both, "gave up q: yes, q", "q: yes, q");
    assertThat(consulted).as("nothing is asked again").containsExactly("q");
  }

  @Test
  void aRefusalInHandleAnswerIsAFailure() {
    onHeard.put("thrown", context -> refuse());
    Dgen both = both();
    seeker(both).seek("o", "thrown");
    awaitHeard(both, "gave up thrown: yes, thrown");
    seeker(both).seek("o", "refusing");
    awaitHeard(both, "gave up thrown: yes, thrown", "gave up refusing: yes, refusing");
  }

  @Test
  void anAnswerLocksAndIsThereWhenTheLockIsTakenAgain() {
    AtomicInteger tries = new AtomicInteger();
    onWork.put(
        "locking",
        () -> {
          if (tries.incrementAndGet() == 1) {
            throw new IllegalStateException("first try");
          }
        });
    Dgen both = both();
    seeker(both).hurry("o", "locking", HOUR);
    awaitHeard(
        both, "locking: yes, locking", "locking: yes, locking", "pondered locking: yes, locking");
    assertThat(consulted).containsExactly("locking");
  }

  @Test
  void theStatusShowsWhatIsOpen() {
    Dgen seekers = seekers();
    seeker(seekers).seek("o", "anyone");
    seeker(seekers).hurry("p", "else", HOUR);
    EntityStatus status = seekers.admin().entity("Seeker", "s").status();
    assertThat(status.asks())
        .extracting(EntityStatus.OpenAsk::server, EntityStatus.OpenAsk::message)
        .containsOnly(tuple("Oracle", "Oracle.Consult"));
    assertThat(status.asks())
        .extracting(ask -> ask.id() + " " + ask.timed())
        .containsExactlyInAnyOrder("o false", "p true");
    assertThat(status.problem()).isEmpty();
  }

  /** The answer waits in the queue, and what was asked lies beside it. */
  @Test
  void anAnswerThatWaitsIsNeitherDamagedNorSetAside() {
    Dgen both = both();
    seeker(both).seek("o", "later");
    awaitConsulted("later");
    seeker(both).entity().pause("to keep it waiting");
    oracle(both).utter("later", "here");
    await().until(() -> seeker(both).entity().status().queueLength() == 1);
    EntityStatus status = seeker(both).entity().status();
    assertThat(status.problem()).isEmpty();
    assertThat(status.first().orElseThrow().message()).isEqualTo("Oracle.Consult");
    assertThat(status.first().orElseThrow().decodable()).isTrue();
    assertThatThrownBy(() -> seeker(both).entity().setAside())
        .hasMessageContaining("can be decoded here");
    seeker(both).entity().resume();
    awaitHeard(both, "later: here");
  }

  @Test
  void onlyAMessageOfTheEntityItselfMayAsk() {
    Dgen both = both();
    List<Throwable> errors = new CopyOnWriteArrayList<>();
    onConsulted.put("wrong", context -> errors.add(error(() -> SeekerAsks.in(context))));
    seeker(both).seek("o", "wrong");
    awaitHeard(both, "wrong: yes, wrong");
    assertThat(errors.getFirst())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the answer goes to the entity whose callback asks, which is of the server Oracle and"
                + " not of Seeker; use the Asks class that is generated for Oracle");
    onSought.put("thread", context -> errors.add(elsewhere(SeekerAsks.in(context).oracle("o"))));
    seeker(both).seek("o", "thread");
    awaitHeard(both, "wrong: yes, wrong", "thread: yes, thread");
    assertThat(errors.get(1)).hasMessageContaining("was used on another thread");
    onSought.put("long", context -> errors.add(error(() -> ask(context, "x".repeat(4_000_001)))));
    seeker(both).seek("o", "long");
    awaitHeard(both, "wrong: yes, wrong", "thread: yes, thread", "long: yes, long");
    assertThat(errors.get(2)).hasMessageContaining("more than the 4000000 that may be asked");
  }

  private static void ask(Context context, String what) {
    SeekerAsks.in(context).oracle("o").consult(what);
  }

  private static Throwable elsewhere(SeekerAsks.ToOracle oracle) {
    FutureTask<Boolean> other = new FutureTask<>(() -> oracle.consult("elsewhere"), true);
    Thread.ofPlatform().start(other);
    try {
      other.get();
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    throw new AssertionError("it was asked on another thread");
  }

  private static Throwable error(Runnable failing) {
    try {
      failing.run();
    } catch (RuntimeException e) {
      return e;
    }
    throw new AssertionError("it did not fail");
  }
}
