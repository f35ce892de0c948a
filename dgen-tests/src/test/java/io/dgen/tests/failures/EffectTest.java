package io.dgen.tests.failures;

import static io.dgen.error.Effect.APPLIED;
import static io.dgen.error.Effect.NONE;
import static io.dgen.error.Effect.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.LockLost;
import io.dgen.codec.CodecException;
import io.dgen.error.CallTimeoutException;
import io.dgen.error.CallbackException;
import io.dgen.error.ChangeTooLargeException;
import io.dgen.error.DeadLetterException;
import io.dgen.error.DgenClosedException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.error.EntityKilledException;
import io.dgen.error.EntityStoppedException;
import io.dgen.error.IdempotencyKeyException;
import io.dgen.error.LockLostException;
import io.dgen.error.MessageTooLargeException;
import io.dgen.error.NotHostedException;
import io.dgen.error.OutcomeUnknownException;
import io.dgen.error.OverloadedException;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.MutationType;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.Held;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.servers.Clumsy;
import io.dgen.tests.servers.ClumsyClient;
import io.dgen.tests.servers.ClumsyServer;
import io.dgen.tests.servers.Doorman;
import io.dgen.tests.servers.Foreman;
import io.dgen.tests.servers.GateClient;
import io.dgen.tests.servers.GateServer;
import io.dgen.tests.servers.HostileCollectionsClient;
import io.dgen.tests.servers.HostileCollectionsServer;
import io.dgen.tests.servers.LargeValuesClient;
import io.dgen.tests.servers.LargeValuesServer;
import io.dgen.tests.servers.Lives;
import io.dgen.tests.servers.MortalClient;
import io.dgen.tests.servers.MortalServer;
import io.dgen.tests.servers.ScriptedInitClient;
import io.dgen.tests.servers.ScriptedInitServer;
import io.dgen.tests.servers.StuckCodecs;
import io.dgen.tests.servers.StuckCodecsClient;
import io.dgen.tests.servers.StuckCodecsServer;
import io.dgen.tests.servers.WorkshopClient;
import io.dgen.tests.servers.WorkshopServer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.AbstractList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every exception says what became of the message, and the state of the entity agrees: nothing that
 * is said to have had no effect has one, then or later.
 */
@Tag("damage")
class EffectTest extends OnEveryStore {

  private static final byte[] ROOT = Cluster.OPTIONS.root().getBytes(StandardCharsets.UTF_8);
  private static final int TOO_LARGE = 9_900_000;
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(50);

  private final Foreman foreman = new Foreman();
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void release() {
    released.countDown();
    StuckCodecs.HELD.clear();
    StuckCodecs.STUCK.clear();
    Clumsy.FORBIDDEN.clear();
  }

  private Dgen host() {
    return host(options -> options);
  }

  private Dgen host(UnaryOperator<DgenOptions.Builder> options) {
    return host(new FaultyStore(cluster.store()), options);
  }

  private Dgen host(FaultyStore store, UnaryOperator<DgenOptions.Builder> options) {
    return cluster
        .node(store, it -> options.apply(it.toBuilder()).build())
        .host(WorkshopServer.of(foreman));
  }

  private static WorkshopClient workshop(Dgen node) {
    return WorkshopClient.of(node, "w");
  }

  private static void assertFails(
      Effect effect, Class<? extends DgenException> type, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    Throwable failure = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    assertThat(failure)
        .isExactlyInstanceOf(type)
        .isInstanceOfSatisfying(
            DgenException.class,
            error -> assertThat(error.effect()).as("%s", error).isEqualTo(effect));
  }

  private List<KeyValue> rows(KeyKind kind) {
    return cluster.store().run(tx -> tx.getRange(ROOT, Keys.prefixEnd(ROOT), 0).join()).stream()
        .filter(row -> KeyKind.of(row.key(), ROOT.length) == kind)
        .toList();
  }

  // Refused before it was sent.

  @Test
  void aServerThatIsNotHosted() {
    WorkshopClient far = workshop(cluster.node());
    assertFails(NONE, NotHostedException.class, () -> far.ping("a"));
    assertFails(NONE, NotHostedException.class, far.entity()::reset);
    assertThat(workshop(host()).done()).isEmpty();
  }

  @Test
  void aLaneThatIsFull() {
    Doorman doorman = new Doorman().hold("a");
    Dgen node = cluster.node(it -> it.toBuilder().bounds(bounds -> bounds.laneMessages(1)).build());
    node.host(GateServer.of(doorman));
    GateClient gate = GateClient.of(node, "g");
    CompletableFuture<String> accepted = gate.askAsync("a");
    doorman.awaitArrival("a");
    assertFails(NONE, OverloadedException.class, () -> gate.ask("b"));
    assertFails(NONE, OverloadedException.class, () -> gate.passAsync("c").join());
    doorman.letIn("a");
    accepted.join();
    assertThat(gate.passed()).containsExactly("a");
  }

  @Test
  void aQueueThatIsFull() {
    Dgen sender =
        cluster.node(it -> it.toBuilder().bounds(bounds -> bounds.queueMessages(1)).build());
    WorkshopClient far = workshop(sender);
    far.add("a");
    assertFails(NONE, OverloadedException.class, () -> far.add("b"));
    assertFails(NONE, OverloadedException.class, () -> far.say("c"));
    assertThat(workshop(host()).done()).containsExactly("a");
  }

  @Test
  void aMessageThatIsTooLarge() {
    LargeValuesClient large = LargeValuesClient.of(cluster.host(LargeValuesServer.of()), "l");
    assertFails(NONE, MessageTooLargeException.class, () -> large.paste("a", new byte[TOO_LARGE]));
    assertFails(NONE, MessageTooLargeException.class, () -> large.echo(new byte[TOO_LARGE]));
    assertFails(
        NONE,
        MessageTooLargeException.class,
        () -> large.after(Duration.ZERO).paste("a", new byte[TOO_LARGE]));
    assertThat(large.turn("a")).isEmpty();
  }

  @Test
  void aNodeThatIsClosed() {
    Dgen sender = cluster.node();
    WorkshopClient far = workshop(sender);
    sender.close();
    assertFails(NONE, DgenClosedException.class, () -> far.add("a"));
    assertFails(NONE, DgenClosedException.class, () -> far.sayAsync("b").join());
    assertFails(NONE, DgenClosedException.class, far.entity()::kill);
    assertThat(workshop(host()).done()).isEmpty();
  }

  // Refused, or failed, as it ran.

  @Test
  void aPriorityCallbackThatFails() {
    MortalClient mortal = MortalClient.of(cluster.host(MortalServer.of(new Lives())), "m");
    assertFails(NONE, CallbackException.class, () -> mortal.priority().task("bad", 9));
    assertThat(mortal.read().done()).isEmpty();
  }

  @Test
  void anInitThatFails() {
    AtomicInteger runs = new AtomicInteger();
    Dgen host =
        cluster.host(
            ScriptedInitServer.of(
                context -> {
                  if (runs.incrementAndGet() == 1) {
                    throw new IllegalStateException("as asked");
                  }
                }));
    ScriptedInitClient entity = ScriptedInitClient.of(host, "i");
    assertFails(NONE, CallbackException.class, () -> entity.note("a"));
    assertThat(entity.got()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMessageThatIsGivenUp(boolean near) {
    Dgen host = cluster.node();
    host.host(
        MortalServer.of(new Lives()), it -> it.failures(policy -> policy.deadLetterThreshold(2)));
    MortalClient mortal = MortalClient.of(near ? host : cluster.node(), "m");
    assertFails(NONE, DeadLetterException.class, () -> mortal.task("bad", 9));
    assertThat(mortal.read().done()).isEmpty();
    assertThat(mortal.entity().deadLetters().length()).isOne();
  }

  /** What the callback changed when it took the lock is committed, and stays. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aMessageThatIsGivenUpAfterItHadTheLock(boolean near) {
    foreman.fail("bad", 9);
    Dgen host = host(it -> it.failures(policy -> policy.lockedThreshold(2)));
    WorkshopClient client = workshop(near ? host : cluster.node());
    assertFails(UNKNOWN, DeadLetterException.class, () -> client.build("bad"));
    assertThat(client.done()).containsExactly("begin bad", "begin bad");
  }

  @Test
  void aChangeThatIsTooLarge() {
    assertThat(new ChangeTooLargeException("of a transaction", null).effect()).isEqualTo(NONE);
    LargeValuesClient large = LargeValuesClient.of(cluster.host(LargeValuesServer.of()), "l");
    large.fill("a", 6_000_000);
    assertThat(large.weight()).isEqualTo(6_000_000);
    large.fill("b", 12_000_000);
    await().until(() -> large.entity().deadLetters().length() == 1);
    assertThat(large.weight()).isEqualTo(6_000_000);
  }

  @Test
  void aKeyOfAnotherMessage() {
    for (Dgen node : List.of(host(), cluster.node())) {
      WorkshopClient keyed = workshop(node).withIdempotencyKey("k");
      assertThat(keyed.say("a")).isEqualTo("said a");
      assertFails(NONE, IdempotencyKeyException.class, () -> keyed.say("b"));
    }
    assertThat(workshop(cluster.node()).done()).containsExactly("a");
  }

  /** The message may have been the one that ran. */
  @Test
  void aKeyWhoseRecordIsDamaged() {
    WorkshopClient keyed = workshop(host()).withIdempotencyKey("k");
    keyed.say("a");
    for (KeyValue row : rows(KeyKind.DONE)) {
      cluster.set(row.key(), new byte[] {0x7F});
    }
    assertFails(UNKNOWN, IdempotencyKeyException.class, () -> keyed.say("a"));
    assertThat(workshop(cluster.node()).done()).containsExactly("a");
  }

  @Test
  void aCallThatStopsItsEntity() {
    Dgen host = host();
    assertFails(
        APPLIED, EntityStoppedException.class, () -> workshop(host).quit("enough", false, false));
    WorkshopClient far = workshop(cluster.node());
    assertFails(APPLIED, EntityStoppedException.class, () -> far.quit("again", false, false));
    assertThat(far.done()).containsExactly("quit", "quit");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aReplyThatIsTooLarge(boolean near) {
    Dgen host = cluster.host(LargeValuesServer.of());
    LargeValuesClient large = LargeValuesClient.of(near ? host : cluster.node(), "l");
    assertFails(APPLIED, MessageTooLargeException.class, () -> large.print("a", TOO_LARGE));
    assertThat(large.turn("a")).isPresent();
    LargeValuesClient keyed = large.withIdempotencyKey("k");
    keyed.print("b", 9_000_000);
    assertFails(APPLIED, MessageTooLargeException.class, () -> keyed.print("b", 9_000_000));
    assertThat(large.turn("b")).isPresent();
  }

  // Kills.

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aKillBeforeTheMessageRan(boolean near) {
    Dgen host = host();
    WorkshopClient client = workshop(near ? host : cluster.node());
    client.entity().pause("for the test");
    CompletableFuture<String> said = client.sayAsync("a");
    await().until(() -> client.entity().queueLength() == 1);
    client.entity().kill();
    assertFails(NONE, EntityKilledException.class, said::join);
    assertThat(client.done()).isEmpty();
  }

  /** From another node, which tells the owner, and from the owner itself. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aKillWhileTheCallbackRan(boolean near) {
    Doorman doorman = new Doorman().hold("held");
    Dgen host = cluster.host(GateServer.of(doorman));
    GateClient gate = GateClient.of(host, "g");
    CompletableFuture<String> asked = gate.askAsync("held");
    doorman.awaitArrival("held");
    GateClient killer = near ? gate : GateClient.of(cluster.node(), "g");
    killer.entity().kill();
    assertFails(NONE, EntityKilledException.class, asked::join);
    doorman.letIn("held");
    assertThat(gate.passed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aKillWhileTheMessageHadTheLock(boolean near) {
    foreman.doorman().hold("x");
    Dgen host = host();
    WorkshopClient client = workshop(near ? host : cluster.node());
    CompletableFuture<String> building = client.buildAsync("x");
    foreman.doorman().awaitArrival("x");
    CompletableFuture<String> behind = client.sayAsync("behind");
    await().until(() -> client.entity().queueLength() == 2);
    assertThat(rows(KeyKind.STATE)).isNotEmpty();
    client.entity().kill();
    assertFails(UNKNOWN, EntityKilledException.class, building::join);
    assertFails(NONE, EntityKilledException.class, behind::join);
    foreman.doorman().letIn("x");
    assertThat(client.done()).isEmpty();
  }

  @Test
  void aKillAfterTheMessageHadTheLock() {
    foreman.fail("x", 9);
    WorkshopClient client = workshop(host(it -> it.firstRetryDelay(HOUR).maxRetryDelay(HOUR)));
    CompletableFuture<String> building = client.buildAsync("x");
    await()
        .until(() -> client.entity().status().first().filter(it -> it.attempts() == 1).isPresent());
    client.entity().kill();
    assertFails(UNKNOWN, EntityKilledException.class, building::join);
  }

  /** The kill has happened, and only the rest of its work has not. */
  @Test
  void aKillThatCannotSweepTheQueue() {
    AtomicInteger kills = new AtomicInteger();
    FaultyStore store =
        new FaultyStore(cluster.store())
            .plan(
                commit ->
                    commit.writes(KeyKind.KILLED) && kills.incrementAndGet() == 2
                        ? CompletableFuture.completedFuture(Fate.REFUSED)
                        : FaultyStore.GO);
    WorkshopClient client = workshop(host(store, it -> it));
    client.add("a");
    assertFails(APPLIED, DgenException.class, client.entity()::kill);
    assertThat(client.done()).isEmpty();
  }

  @Test
  void aLockThatIsBroken() {
    foreman.doorman().hold("x");
    WorkshopClient client = workshop(host(it -> it.lockLost(LockLost.DROP)));
    CompletableFuture<String> building = client.buildAsync("x");
    foreman.doorman().awaitArrival("x");
    assertThat(client.entity().breakLock()).isTrue();
    assertFails(UNKNOWN, LockLostException.class, building::join);
    foreman.doorman().letIn("x");
    assertThat(client.done()).containsExactly("begin x");
  }

  // Timeouts, closing, and a store that fails.

  @Test
  void aTimeout() {
    WorkshopClient far = workshop(cluster.node()).withTimeout(SHORT);
    assertFails(UNKNOWN, CallTimeoutException.class, () -> far.say("a"));
    assertThat(workshop(host()).done()).containsExactly("a");
  }

  @Test
  void anInterruptWhileWaiting() {
    WorkshopClient far = workshop(cluster.node());
    Thread.currentThread().interrupt();
    assertFails(UNKNOWN, DgenException.class, () -> far.say("a"));
    assertThat(Thread.interrupted()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fate.class,
      names = {"CUT_BEFORE", "CUT_AFTER"})
  void aCommitWhoseOutcomeIsUnknown(Fate fate) {
    FaultyStore store = new FaultyStore(cluster.store());
    Dgen node = host(store, it -> it);
    store.plan(
        commit ->
            commit.writes(KeyKind.STATE)
                ? CompletableFuture.completedFuture(fate)
                : FaultyStore.GO);
    assertFails(UNKNOWN, OutcomeUnknownException.class, () -> workshop(node).say("a"));
    cluster.crashed(node);
    assertThat(workshop(host()).done())
        .isEqualTo(fate == Fate.CUT_AFTER ? List.of("a") : List.of());
  }

  @Test
  void aCommitThatIsRefused() {
    AtomicInteger commits = new AtomicInteger();
    FaultyStore store = new FaultyStore(cluster.store());
    store.plan(
        commit ->
            commit.writes(KeyKind.STATE) && commits.incrementAndGet() == 1
                ? CompletableFuture.completedFuture(Fate.REFUSED)
                : FaultyStore.GO);
    WorkshopClient client = workshop(host(store, it -> it));
    assertFails(NONE, StoreException.class, () -> client.say("a"));
    assertThat(client.done()).isEmpty();
  }

  @Test
  void aStoreThatIsAwayBeforeTheCommit() {
    FaultyStore store = new FaultyStore(cluster.store());
    Dgen node = host(store, it -> it);
    WorkshopClient client = workshop(node);
    assertThat(client.done()).isEmpty();
    store.cut();
    assertFails(NONE, StoreException.class, () -> client.say("a"));
    cluster.crashed(node);
    assertThat(workshop(host()).done()).isEmpty();
  }

  /** The same code may mean both: only who made the transaction knows whether it was committing. */
  @ParameterizedTest
  @EnumSource(StoreError.class)
  void anErrorOfTheStoreByItself(StoreError error) {
    boolean mayFollowACommit =
        switch (error) {
          case COMMIT_UNKNOWN_RESULT,
              CLUSTER_VERSION_CHANGED,
              TRANSACTION_CANCELLED,
              TRANSACTION_TIMED_OUT,
              IO_ERROR,
              USED_DURING_COMMIT,
              INTERNAL_ERROR,
              STORE_CLOSED ->
              true;
          default -> false;
        };
    assertThat(new StoreException(error).effect()).isEqualTo(mayFollowACommit ? UNKNOWN : NONE);
  }

  @Test
  void aNodeThatClosesWhileTheCallbackRuns() {
    Doorman doorman = new Doorman().hold("held");
    Dgen node = cluster.node(it -> it.toBuilder().closeTimeout(SHORT).build());
    node.host(GateServer.of(doorman));
    CompletableFuture<String> asked = GateClient.of(node, "g").askAsync("held");
    doorman.awaitArrival("held");
    node.close();
    assertFails(UNKNOWN, DgenClosedException.class, asked::join);
    doorman.letIn("held");
  }

  /** Its commit is on its way: it succeeds, or it does not. */
  @Test
  void aNodeThatClosesWhileTheCommitIsInFlight() {
    FaultyStore store = new FaultyStore(cluster.store());
    Dgen node = host(store, it -> it.closeTimeout(SHORT));
    Held held = new Held(commit -> commit.writes(KeyKind.STATE));
    store.plan(held);
    CompletableFuture<String> said = workshop(node).sayAsync("a");
    held.awaitOne();
    node.close();
    assertFails(UNKNOWN, DgenClosedException.class, said::join);
    held.release();
  }

  @Test
  void aNodeThatClosesWhileTheMessageIsQueued() {
    Dgen sender = cluster.node();
    CompletableFuture<String> said = workshop(sender).sayAsync("a");
    await().until(() -> workshop(sender).entity().queueLength() == 1);
    sender.close();
    assertFails(UNKNOWN, DgenClosedException.class, said::join);
    assertThat(workshop(host()).done()).containsExactly("a");
  }

  @Test
  void aNodeThatClosesWhileTheReplyIsDecoded() {
    cluster.host(StuckCodecsServer.of());
    Dgen sender = cluster.node(it -> it.toBuilder().closeTimeout(SHORT).build());
    StuckCodecs.HELD.put("read sticky", released);
    CompletableFuture<StuckCodecs.Lump> fetched =
        StuckCodecsClient.of(sender, "t").fetchAsync("sticky");
    await().until(() -> StuckCodecs.STUCK.contains("read sticky"));
    sender.close();
    assertFails(APPLIED, DgenClosedException.class, fetched::join);
  }

  // What cannot be encoded or decoded.

  @Test
  void aMessageThatCannotBeEncoded() {
    Dgen host = cluster.host(HostileCollectionsServer.of((what, state) -> state));
    for (Dgen node : List.of(host, cluster.node())) {
      HostileCollectionsClient client = HostileCollectionsClient.of(node, "h");
      assertFails(NONE, CodecException.class, () -> client.keep(new LongerThanItsSize()));
      assertThat(client.weave("nothing")).isZero();
    }
  }

  /** Says that it is empty, and has no end. */
  private static final class LongerThanItsSize extends AbstractList<String> {

    @Override
    public String get(int index) {
      return "x";
    }

    @Override
    public int size() {
      return 0;
    }

    @Override
    public Iterator<String> iterator() {
      return Stream.generate(() -> "x").iterator();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aReplyThatCannotBeDecoded(boolean blocking) {
    cluster.host(ClumsyServer.of());
    ClumsyClient far = ClumsyClient.of(cluster.node(), "c");
    assertFails(
        APPLIED,
        CodecException.class,
        () -> {
          if (blocking) {
            far.ask("fragile");
          } else {
            far.askAsync("fragile").join();
          }
        });
    assertThat(far.done()).containsExactly("fragile");
  }

  @Test
  void aReplyThatIsDamaged() {
    Dgen host = host();
    host.admin().entity("Workshop", "w").pause("for the test");
    WorkshopClient far = workshop(cluster.node());
    byte[][] replies = {{127, 0x33, 1}, {}, {1, 2, 3}, {0, (byte) 0xFF}, {99}};
    for (int i = 0; i < replies.length; i++) {
      int queued = i + 1;
      CompletableFuture<String> said = far.sayAsync("a");
      await().until(() -> far.entity().queueLength() == queued);
      answer(rows(KeyKind.QUEUE).getLast(), replies[i]);
      assertFails(UNKNOWN, CodecException.class, said::join);
    }
  }

  /** Answers the call of a queued message. */
  private void answer(KeyValue queued, byte[] reply) {
    byte[] envelope = queued.value();
    Tuple header = Tuple.fromBytes(envelope, 8, ByteBuffer.wrap(envelope).getInt());
    cluster
        .store()
        .run(
            tx -> {
              tx.set(Tuple.from(4, header.getUUID(3), header.getLong(4), 0).pack(ROOT), reply);
              tx.mutate(
                  MutationType.ADD,
                  Tuple.from(5, header.getUUID(3)).pack(ROOT),
                  new byte[] {1, 0, 0, 0, 0, 0, 0, 0});
              return true;
            });
  }

  @Test
  void aQueuedMessageThatIsDamaged() {
    WorkshopClient far = workshop(cluster.node());
    CompletableFuture<String> said = far.sayAsync("a");
    await().until(() -> far.entity().queueLength() == 1);
    KeyValue row = rows(KeyKind.QUEUE).getFirst();
    byte[] damaged = row.value().clone();
    damaged[damaged.length - 1] = (byte) 0xFF;
    cluster.set(row.key(), damaged);
    WorkshopClient near = workshop(host());
    assertFails(NONE, CodecException.class, said::join);
    assertThat(near.done()).isEmpty();
  }

  // Operations of several transactions.

  /** Each dead letter fills a transaction of its own. */
  @Test
  void requeuingThatFailsHalfway() {
    FaultyStore store = new FaultyStore(cluster.store());
    Dgen host = host(store, it -> it.failures(policy -> policy.lockedThreshold(1)));
    WorkshopClient client = workshop(host);
    for (String letter : List.of("a", "b")) {
      String large = letter.repeat(700_000);
      foreman.fail(large, 1);
      assertFails(UNKNOWN, DeadLetterException.class, () -> client.build(large));
    }
    client.entity().pause("to count");
    AtomicInteger requeued = new AtomicInteger();
    store.plan(
        commit ->
            commit.writes(KeyKind.DEAD) && requeued.incrementAndGet() == 2
                ? CompletableFuture.completedFuture(Fate.REFUSED)
                : FaultyStore.GO);
    assertFails(UNKNOWN, DgenException.class, client.entity().deadLetters()::requeueAll);
    assertThat(client.entity().deadLetters().length()).isOne();
  }
}
