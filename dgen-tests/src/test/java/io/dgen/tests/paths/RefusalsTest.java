package io.dgen.tests.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.dgen.Context;
import io.dgen.DelayedMessage;
import io.dgen.Dgen;
import io.dgen.Failure;
import io.dgen.From;
import io.dgen.error.CallbackException;
import io.dgen.error.Effect;
import io.dgen.error.RefusedException;
import io.dgen.store.Transaction;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.Cashier;
import io.dgen.tests.servers.LateAnswers;
import io.dgen.tests.servers.LateAnswersClient;
import io.dgen.tests.servers.LateAnswersServer;
import io.dgen.tests.servers.TillClient;
import io.dgen.tests.servers.TillServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A refusal is an answer: the message is done, and what its callback did is not. */
class RefusalsTest extends OnEveryStore {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final byte[] OWN = "till/own".getBytes(StandardCharsets.UTF_8);
  private static final byte[] VALUE = {1};

  private final Cashier cashier = new Cashier();

  /** A refusal of the user's own. */
  private static final class SoldOut extends RefusedException {

    private static final long serialVersionUID = 1L;

    SoldOut() {
      super("sold-out", "come back tomorrow", leftAndAsked());
    }

    private static Map<String, String> leftAndAsked() {
      Map<String, String> details = new LinkedHashMap<>();
      details.put("left", "0");
      details.put("asked", "7");
      return details;
    }

    /** As hostile as an exception can be. */
    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }
  }

  /** Refuses at the first attempt; there must be no other. */
  private static void refuse(Context context) {
    assertThat(context.attempt()).isOne();
    throw new SoldOut();
  }

  private Dgen host() {
    return cluster.host(TillServer.of(cashier));
  }

  private static RefusedException refused(ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    Throwable inner = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    assertThat(inner).isExactlyInstanceOf(RefusedException.class);
    if (inner instanceof RefusedException refusal) {
      return refusal;
    }
    throw new AssertionError(inner);
  }

  private static void assertSoldOut(ThrowingCallable call) {
    RefusedException refusal = refused(call);
    assertThat(refusal.code()).isEqualTo("sold-out");
    assertThat(refusal.text()).isEqualTo("come back tomorrow");
    assertThat(refusal.details()).containsExactly(Map.entry("left", "0"), Map.entry("asked", "7"));
    assertThat(refusal.effect()).isEqualTo(Effect.NONE);
    assertThat(refusal).hasMessage("sold-out: come back tomorrow");
  }

  @Test
  void theCallerHasItOnEveryPathAndNothingIsTriedAgain() {
    Dgen owner = host();
    Dgen second = host();
    Dgen outside = cluster.node();
    cashier.on("no", RefusalsTest::refuse);
    for (Dgen asking : List.of(owner, second, outside)) {
      TillClient till = TillClient.of(asking, "t");
      assertSoldOut(() -> till.sell("no"));
      assertSoldOut(() -> till.sellAsync("no").join());
      assertThat(till.sell("yes")).isEqualTo("sold yes");
    }
    TillClient priority = TillClient.of(owner, "t").priority();
    assertSoldOut(() -> priority.sell("no"));
    assertThat(priority.done()).containsExactly("yes", "yes", "yes");
    StoredKeys.awaitIdle(cluster::keys);
  }

  @Test
  void aQueryRefusesToo() {
    Dgen owner = host();
    for (Dgen asking : List.of(owner, cluster.node())) {
      TillClient till = TillClient.of(asking, "t");
      RefusedException refusal = refused(() -> till.price(""));
      assertThat(refusal.code()).isEqualTo("unknown");
      assertThat(refusal.text()).isEqualTo("what?");
      assertThat(refusal.details()).containsExactly(Map.entry("sold", "false"));
      assertThat(refusal.effect()).isEqualTo(Effect.NONE);
      assertThat(refused(() -> till.priceAsync("").join()).code()).isEqualTo("unknown");
      assertThat(till.price("7")).isEqualTo(7);
    }
    cashier.on("read", context -> assertThat(TillClient.in(context, "u").price("8")).isEqualTo(8));
    cashier.on("refused", context -> TillClient.in(context, "u").price(""));
    TillClient till = TillClient.of(owner, "t");
    assertThat(till.sell("read")).isEqualTo("sold read");
    assertThat(refused(() -> till.sell("refused")).code()).isEqualTo("unknown");
  }

  @Test
  void aCastIsAcknowledgedWhateverBecomesOfIt() {
    List<Failure> failures = new CopyOnWriteArrayList<>();
    Dgen owner =
        cluster
            .node(options -> options.toBuilder().failureListener(failures::add).build())
            .host(TillServer.of(cashier));
    Dgen outside = cluster.node();
    cashier.on("no", RefusalsTest::refuse);
    for (Dgen asking : List.of(owner, outside)) {
      TillClient till = TillClient.of(asking, "t");
      till.count("no");
      till.countAsync("no").join();
      till.count("yes");
    }
    TillClient.of(owner, "t").priority().count("no");
    TillClient.of(owner, "t").hint("no");
    await().until(() -> failures.size() == 6);
    assertThat(failures)
        .allSatisfy(
            failure -> {
              assertThat(failure.kind()).isEqualTo(Failure.Kind.REFUSAL);
              assertThat(failure.message()).isIn("Count", "Hint");
              assertThat(failure.id()).isEqualTo("t");
              assertThat(failure.attempts()).isZero();
              assertThat(failure.reason().orElseThrow())
                  .isInstanceOfSatisfying(
                      RefusedException.class,
                      refusal -> assertThat(refusal.code()).isEqualTo("sold-out"));
            });
    assertThat(TillClient.of(owner, "t").done()).containsExactly("yes", "yes");
    assertThat(cashier.ran()).filteredOn("no"::equals).hasSize(6);
  }

  /** Sends, cancels, replies and writes, and sees what it wrote, and then refuses. */
  @Test
  void whatTheCallbackDidIsDropped() {
    Dgen owner = cluster.host(TillServer.of(cashier), LateAnswersServer.of());
    LateAnswersClient late = LateAnswersClient.of(owner, "l");
    CompletableFuture<String> asked = late.askAsync("who");
    await().until(() -> late.waiting() == 1);
    From<String> from = late.handOver().getFirst().from();
    TillClient till = TillClient.of(owner, "t");
    DelayedMessage delayed = TillClient.of(owner, "u").after(HOUR).count("delayed");
    List<Object> seen = new ArrayList<>();
    cashier.on(
        "much",
        context -> {
          seen.clear();
          TillClient.in(context, "t").count("to itself");
          TillClient.in(context, "v").count("to another");
          DelayedMessage own = TillClient.in(context, "w").after(HOUR).count("later");
          seen.add(context.cancel(delayed));
          seen.add(context.cancel(delayed));
          seen.add(context.cancel(own));
          TillClient.in(context, "w").after(HOUR).count("later");
          context.reply(from, "too early");
          Transaction transaction = context.transaction();
          transaction.set(OWN, VALUE);
          seen.add(transaction.get(OWN).join() != null);
          throw new SoldOut();
        });
    for (Dgen asking : List.of(owner, cluster.node())) {
      assertSoldOut(() -> TillClient.of(asking, "t").sell("much"));
      assertThat(seen).containsExactly(true, false, true, true);
    }
    assertThat(cluster.keys().of(KeyKind.DELAYED)).hasSize(1);
    assertThat(cluster.store().<Boolean>run(tx -> tx.get(OWN).join() == null)).isTrue();
    assertThat(till.done()).isEmpty();
    assertThat(TillClient.of(owner, "v").done()).isEmpty();
    assertThat(asked).isNotDone();
    assertThat(owner.cancel(delayed)).isTrue();
    LateAnswersClient.of(owner, "l2").take(new LateAnswers.Caller("who", from));
    LateAnswersClient.of(owner, "l2").press("in time");
    assertThat(asked.join()).isEqualTo("who: in time");
  }

  @Test
  void theOthersOfItsRoundStandAndRunOnce() {
    Dgen owner = host();
    TillClient till = TillClient.of(owner, "t");
    till.count("first");
    till.entity().pause("to fill the queue");
    cashier.on("no", RefusalsTest::refuse);
    cashier.on("a", context -> TillClient.in(context, "other").count("from a"));
    cashier.on("b", context -> TillClient.in(context, "other").count("from b"));
    TillClient outside = TillClient.of(cluster.node(), "t");
    List<CompletableFuture<String>> calls = new ArrayList<>();
    for (String each : List.of("a", "no", "b", "no", "c")) {
      calls.add(outside.sellAsync(each));
    }
    await().until(() -> till.entity().status().queueLength() == 5);
    till.entity().resume();
    assertThat(calls.get(0).join()).isEqualTo("sold a");
    assertSoldOut(calls.get(1)::join);
    assertThat(calls.get(2).join()).isEqualTo("sold b");
    assertSoldOut(calls.get(3)::join);
    assertThat(calls.get(4).join()).isEqualTo("sold c");
    assertThat(cashier.ran())
        .filteredOn(it -> it.length() <= 2)
        .containsExactly("a", "no", "b", "no", "c");
    assertThat(till.done()).containsExactly("first", "a", "b", "c");
    TillClient other = TillClient.of(owner, "other");
    await().until(() -> other.done().equals(List.of("from a", "from b")));
  }

  /** Somebody writes what the refusal was decided on, before its message is popped. */
  @Test
  void aRefusalOnWhatHasChangedInTheMeantimeIsNotGiven() throws InterruptedException {
    host();
    CountDownLatch read = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    cashier.on(
        "ask",
        context -> {
          boolean isOpen = context.transaction().get(OWN).join() != null;
          read.countDown();
          join(written::await);
          if (!isOpen) {
            throw new SoldOut();
          }
        });
    CompletableFuture<String> call = TillClient.of(cluster.node(), "t").sellAsync("ask");
    read.await();
    cluster.set(OWN, VALUE);
    written.countDown();
    assertThat(call.join()).isEqualTo("sold ask");
    assertThat(cashier.ran()).filteredOn("ask"::equals).hasSize(2);
  }

  private static void join(Executable waiting) {
    try {
      waiting.execute();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void underAKeyItIsTheOutcome() {
    Dgen owner = host();
    cashier.on("no", RefusalsTest::refuse);
    for (Dgen asking : List.of(owner, cluster.node())) {
      String key = "k" + cashier.ran().size();
      assertSoldOut(() -> TillClient.of(asking, "t").withIdempotencyKey(key).sell("no"));
      for (Dgen again : List.of(owner, cluster.node())) {
        assertSoldOut(() -> TillClient.of(again, "t").withIdempotencyKey(key).sell("no"));
      }
    }
    assertThat(cashier.ran()).filteredOn("no"::equals).hasSize(2);
    TillClient till = TillClient.of(owner, "t").withIdempotencyKey("cast");
    till.count("no");
    till.count("no");
    assertThat(cashier.ran()).filteredOn("no"::equals).hasSize(3);
  }

  @Test
  void oneThatIsNotRememberedLeavesTheKeyFree() {
    Dgen owner = host();
    cashier.on(
        "busy",
        context -> {
          throw new RefusedException("busy", "try again").notRemembered();
        });
    for (Dgen asking : List.of(owner, cluster.node())) {
      String key = "k" + cashier.ran().size();
      TillClient till = TillClient.of(asking, "t").withIdempotencyKey(key);
      assertThat(refused(() -> till.sell("busy")).code()).isEqualTo("busy");
      assertThat(refused(() -> till.sell("busy")).code()).isEqualTo("busy");
      // Another message may have the key, since it belongs to none.
      assertThat(till.sell("else")).isEqualTo("sold else");
      assertThat(till.sell("else")).isEqualTo("sold else");
    }
    assertThat(cashier.ran()).filteredOn("busy"::equals).hasSize(4);
    assertThat(cashier.ran()).filteredOn("else"::equals).hasSize(2);
    // A delayed message has a record before it runs.
    TillClient delayed = TillClient.of(owner, "t").withIdempotencyKey("d");
    delayed.after(Duration.ofMillis(1)).count("busy");
    await().until(() -> cashier.ran().stream().filter("busy"::equals).count() == 5);
    StoredKeys.awaitIdle(cluster::keys);
    delayed.after(Duration.ofMillis(1)).count("now");
    await().until(() -> cashier.ran().contains("now"));
  }

  @Test
  void aResultThatRefusesKeepsWhatTheCallbackDid() {
    Dgen owner = host();
    cashier.on("x", context -> TillClient.in(context, "other").count("told"));
    for (Dgen asking : List.of(owner, cluster.node())) {
      RefusedException refusal = refused(() -> TillClient.of(asking, "t").login("x"));
      assertThat(refusal.code()).isEqualTo("wrong-password");
      assertThat(refusal.effect()).isEqualTo(Effect.APPLIED);
    }
    TillClient till = TillClient.of(owner, "t").withIdempotencyKey("k");
    assertThat(refused(() -> till.login("y")).text()).isEqualTo("try again");
    assertThat(refused(() -> till.login("y")).effect()).isEqualTo(Effect.APPLIED);
    TillClient.of(owner, "t").attempt("z");
    assertThat(TillClient.of(owner, "t").done()).containsExactly("x", "x", "y", "z");
    TillClient other = TillClient.of(owner, "other");
    await().until(() -> other.done().equals(List.of("told", "told")));
  }

  @Test
  void underTheLockItReleasesTheLockAndKeepsWhatWasStored() {
    Dgen owner = host();
    cashier.on("no", RefusalsTest::refuse);
    for (Dgen asking : List.of(owner, cluster.node())) {
      TillClient till = TillClient.of(asking, "t");
      RefusedException refusal = refused(() -> till.charge("no", ""));
      assertThat(refusal.code()).isEqualTo("sold-out");
      assertThat(refusal.effect()).isEqualTo(Effect.APPLIED);
      assertThat(refused(() -> till.charge("works", "no")).code()).isEqualTo("sold-out");
      assertThat(refused(() -> till.decline("declined")).code()).isEqualTo("declined");
      assertThat(till.charge("fine", "")).isEqualTo("charged");
    }
    assertThat(TillClient.of(owner, "t").done())
        .containsExactly(
            "locked",
            "locked",
            "locked",
            "declined",
            "locked",
            "fine",
            "locked",
            "locked",
            "locked",
            "declined",
            "locked",
            "fine");
    TillClient keyed = TillClient.of(cluster.node(), "t").withIdempotencyKey("k");
    assertThat(refused(() -> keyed.charge("no", "")).code()).isEqualTo("sold-out");
    assertThat(refused(() -> keyed.charge("no", "")).code()).isEqualTo("sold-out");
    assertThat(cashier.ran()).filteredOn("no"::equals).hasSize(2 * 2 + 1);
    StoredKeys.awaitIdle(cluster::keys);
  }

  @Test
  void anUpdateThatRefusesLetsNoActionRun() {
    Dgen owner = host();
    cashier.on("no", RefusalsTest::refuse);
    TillClient till = TillClient.of(owner, "t");
    assertThat(refused(() -> till.charge("refused", "no")).code()).isEqualTo("sold-out");
    assertThat(till.charge("fine", "")).isEqualTo("charged");
    await().until(() -> cashier.charged().contains("fine"));
    assertThat(cashier.charged()).containsExactly("fine");
  }

  @Test
  void initRefusesTheMessageForWhichItRanAndNothingComesIntoBeing() {
    cashier.on("init", RefusalsTest::refuse);
    Dgen owner = host();
    for (Dgen asking : List.of(owner, cluster.node())) {
      TillClient till = TillClient.of(asking, "t");
      assertSoldOut(() -> till.sell("a"));
      till.count("b");
    }
    StoredKeys.awaitIdle(cluster::keys);
    assertSoldOut(() -> TillClient.of(owner, "t").entity().reset());
    await().until(() -> cluster.keys().of(KeyKind.META).isEmpty());
    assertThat(cashier.ran()).containsOnly("init");
    assertThat(cluster.keys().of(KeyKind.STATE)).isEmpty();
    cashier.forget("init");
    assertThat(TillClient.of(owner, "t").sell("c")).isEqualTo("sold c");
    assertThat(TillClient.of(owner, "t").done()).containsExactly("c");
  }

  /** What another entity has refused, in whatever a future wraps it. */
  @Test
  void aRefusalFromElsewhereThatEscapesIsOne() {
    Dgen owner = host();
    cashier.on("no", RefusalsTest::refuse);
    TillClient other = TillClient.of(owner, "other");
    cashier.on("join", context -> other.sellAsync("no").join());
    cashier.on("get", context -> join(() -> other.sellAsync("no").get()));
    cashier.on("wait", context -> other.sell("no"));
    TillClient till = TillClient.of(owner, "t");
    assertThat(refused(() -> till.charge("join", "")).code()).isEqualTo("sold-out");
    assertThat(refused(() -> till.charge("wait", "")).code()).isEqualTo("sold-out");
    AtomicReference<Throwable> caught = new AtomicReference<>();
    cashier.on(
        "catch",
        context -> {
          caught.set(catchThrowable(() -> other.sellAsync("no").get()));
        });
    assertThat(till.charge("catch", "")).isEqualTo("charged");
    assertThat(caught.get()).isInstanceOf(ExecutionException.class);
    // Inside an exception of another kind it is a failure like any other.
    assertThatThrownBy(() -> till.priority().sell("get")).isInstanceOf(CallbackException.class);
  }

  @Test
  void aPolicyLetsOtherExceptionsRefuse() {
    Dgen owner =
        cluster
            .node(
                options ->
                    options.toBuilder()
                        .failures(
                            it ->
                                it.refusing(IllegalArgumentException.class, TimeoutException.class))
                        .build())
            .host(TillServer.of(cashier));
    cashier.on("bad", context -> Integer.parseInt("seven"));
    assertThat(refused(() -> TillClient.of(cluster.node(), "t").price("seven")).code())
        .isEqualTo("NumberFormatException");
    cashier.on("odd", context -> Objects.requireNonNull(null, "odd"));
    for (Dgen asking : List.of(owner, cluster.node())) {
      TillClient till = TillClient.of(asking, "t");
      RefusedException refusal = refused(() -> till.sell("bad"));
      assertThat(refusal.code()).isEqualTo("NumberFormatException");
      assertThat(refusal.text()).isEqualTo("For input string: \"seven\"");
      assertThat(refused(() -> till.charge("bad", "")).code()).isEqualTo("NumberFormatException");
    }
    assertThatThrownBy(() -> TillClient.of(owner, "t").priority().sell("odd"))
        .isInstanceOf(CallbackException.class)
        .hasRootCauseMessage("odd");
  }

  @Test
  void anyTextTravels() {
    host();
    String hostile = "\ud800 \udc00 \0 \n \ud83d\ude00 ".repeat(2_000);
    cashier.on(
        "odd",
        context -> {
          Map<String, String> details = new LinkedHashMap<>();
          for (int i = 0; i < RefusedException.MAX_DETAILS; i++) {
            details.put(i + hostile, hostile);
          }
          throw new RefusedException(hostile, hostile, details);
        });
    List<RefusedException> refusals = new ArrayList<>();
    for (Dgen asking : List.of(cluster.host(TillServer.of(cashier)), cluster.node())) {
      refusals.add(refused(() -> TillClient.of(asking, "t").sell("odd")));
    }
    for (RefusedException refusal : refusals) {
      assertThat(refusal.code())
          .hasSize(RefusedException.MAX_LENGTH)
          .startsWith("\ufffd \ufffd \0");
      assertThat(refusal.details()).hasSize(RefusedException.MAX_DETAILS);
    }
    Map<String, String> many = new LinkedHashMap<>();
    for (int i = 0; i <= RefusedException.MAX_DETAILS; i++) {
      many.put("d" + i, "");
    }
    assertThatThrownBy(() -> new RefusedException("many", "details", many))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the refusal many has 65 details; at most 64 are allowed; reply with a record for"
                + " more");
  }
}
