package io.dgen.tests.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.dgen.Admin;
import io.dgen.DeadLetter;
import io.dgen.DeadLetters;
import io.dgen.Dgen;
import io.dgen.DgenOptions;
import io.dgen.Page;
import io.dgen.error.CallTimeoutException;
import io.dgen.error.DeadLetterException;
import io.dgen.generated.codec.Json;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.LargeValues;
import io.dgen.tests.servers.LargeValuesClient;
import io.dgen.tests.servers.LargeValuesMessage;
import io.dgen.tests.servers.LargeValuesServer;
import io.dgen.tests.servers.LessonsClient;
import io.dgen.tests.servers.LessonsServer;
import io.dgen.tests.servers.Lives;
import io.dgen.tests.servers.Mortal;
import io.dgen.tests.servers.MortalClient;
import io.dgen.tests.servers.MortalMessage;
import io.dgen.tests.servers.MortalServer;
import io.dgen.tests.servers.OldLessonsClient;
import io.dgen.tests.servers.OldLessonsMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Dead letters: listed with their types, requeued, discarded. */
class DeadLettersTest extends OnEveryStore {

  private static final int FOR_EVER = 1_000_000;
  private static final String NO_LETTER = "0123456789abcdef01234567";

  private final Lives lives = new Lives();

  private Dgen host() {
    return cluster.node(DeadLettersTest::options).host(MortalServer.of(lives));
  }

  private static DgenOptions options(DgenOptions options) {
    return options.toBuilder().failures(it -> it.deadLetterThreshold(2)).build();
  }

  /** Kills casts, each of its own name, and waits until they are dead. */
  private static void kill(MortalClient mortal, String... names) {
    for (String name : names) {
      mortal.work(name, 2);
    }
    await().until(() -> mortal.entity().queueLength() == 0);
  }

  @Test
  void aLetterTellsWhatHappened() {
    Instant before = Instant.ofEpochMilli(Instant.now().toEpochMilli());
    MortalClient mortal = MortalClient.of(host(), "m");
    assertThatThrownBy(() -> mortal.task("bad", FOR_EVER)).isInstanceOf(DeadLetterException.class);
    DeadLetters<MortalMessage> dead = mortal.entity().deadLetters();
    assertThat(dead.length()).isEqualTo(1);
    Page<DeadLetter<MortalMessage>> page = dead.list(10);
    assertThat(page.next().isPresent()).isFalse();
    assertThat(page.items())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.key()).matches("[0-9a-f]{24}");
              assertThat(letter.name()).isEqualTo("Task");
              assertThat(letter.message())
                  .contains(new MortalMessage.Task(new Mortal.Task("bad", FOR_EVER)));
              assertThat(letter.problem()).isEmpty();
              assertThat(letter.attempts()).isEqualTo(2);
              assertThat(letter.when()).isBetween(before, Instant.now());
              assertThat(letter.error())
                  .isEqualTo("java.lang.IllegalStateException: attempt 2 of bad");
              assertThat(letter.stack())
                  .startsWith(letter.error())
                  .contains("at " + Mortal.class.getName() + ".tried(")
                  .hasSizeLessThanOrEqualTo(8000);
              assertThat(Json.ofTerm(letter.bytes())).startsWith("{").contains("\"name\": \"bad\"");
              assertThat(letter).asString().contains(letter.key()).contains("Task");
            });
  }

  @Test
  void aLetterSaysWhetherItsCallerWasTold() {
    Dgen host = host();
    MortalClient near = MortalClient.of(host, "m");
    Dgen leaving = cluster.node();
    MortalClient far = MortalClient.of(cluster.node(), "m");
    near.work("cast", 2);
    assertThatThrownBy(() -> near.task("near", 2)).isInstanceOf(DeadLetterException.class);
    assertThatThrownBy(() -> far.task("far", 2)).isInstanceOf(DeadLetterException.class);
    near.entity().pause("until callers have gone");
    Duration shortly = Duration.ofMillis(50);
    for (MortalClient each : List.of(near, far)) {
      assertThatThrownBy(() -> each.withTimeout(shortly).task("late", 2))
          .isInstanceOf(CallTimeoutException.class);
    }
    var unused = MortalClient.of(leaving, "m").taskAsync("left", 2);
    await().until(() -> near.entity().queueLength() == 3);
    leaving.close();
    cluster.forget(leaving);
    near.entity().resume();
    await().until(() -> near.entity().queueLength() == 0);
    assertThat(near.entity().deadLetters().list(9).items())
        .extracting(letter -> letter.message().orElseThrow(), DeadLetter::callerTold)
        .containsExactly(
            tuple(new MortalMessage.Work(new Mortal.Work("cast", 2)), false),
            tuple(task("near"), true),
            tuple(task("far"), true),
            tuple(task("late"), false),
            tuple(task("late"), false),
            tuple(task("left"), false));
  }

  private static MortalMessage task(String name) {
    return new MortalMessage.Task(new Mortal.Task(name, 2));
  }

  @Test
  void aFilterDecidesWhatIsRequeued() {
    MortalClient mortal = MortalClient.of(host(), "m");
    kill(mortal, "a", "b", "c", "d");
    mortal.entity().pause("to see the queue");
    List<String> seen = new ArrayList<>();
    long requeued =
        mortal
            .entity()
            .deadLetters()
            .requeueAll(
                letter -> {
                  seen.add(letter.error());
                  return !letter.error().contains("of b");
                });
    assertThat(requeued).isEqualTo(3);
    assertThat(seen).hasSize(4);
    assertThat(mortal.entity().deadLetters().length()).isEqualTo(1);
    assertThat(mortal.entity().deadLetters().list(9).items())
        .extracting(DeadLetter::error)
        .containsExactly("java.lang.IllegalStateException: attempt 2 of b");
    assertThat(mortal.entity().queue(9))
        .extracting(
            it -> it.json().contains("\"a\"") ? "a" : it.json().contains("\"c\"") ? "c" : "d")
        .containsExactly("a", "c", "d");
    assertThat(mortal.entity().deadLetters().requeueAll(letter -> false)).isZero();
  }

  @Test
  void lettersOfAllEntitiesOfAServerAreCountedAndRequeued() {
    Dgen host = host();
    for (String id : List.of("a", "a\0", "b", "c")) {
      kill(MortalClient.of(host, id), "bad " + id, "good " + id);
      MortalClient.of(host, id).entity().pause("to see the queue");
    }
    MortalClient.of(host, "none").work("good", 0);
    Admin admin = cluster.node().admin();
    assertThat(admin.deadLetters("Mortal")).isEqualTo(8);
    assertThat(admin.deadLetters("Other")).isZero();
    assertThat(
            admin.requeueAll(
                "Mortal", letter -> !letter.id().equals("b") && letter.error().contains("good")))
        .isEqualTo(3);
    assertThat(admin.deadLetters("Mortal")).isEqualTo(5);
    assertThat(MortalClient.of(host, "a").entity().queueLength()).isEqualTo(1);
    assertThat(MortalClient.of(host, "b").entity().queueLength()).isZero();
    assertThat(admin.requeueAll("Mortal", letter -> true)).isEqualTo(5);
    assertThat(admin.deadLetters("Mortal")).isZero();
  }

  @Test
  void aLetterThatAFilterAcceptsIsRequeuedOnceByWhoeverDoes() {
    MortalClient mortal = MortalClient.of(host(), "m");
    kill(mortal, "a", "b", "c");
    mortal.entity().pause("to see the queue");
    List<CompletableFuture<Long>> answers =
        IntStream.range(0, 4)
            .mapToObj(i -> MortalClient.of(cluster.node(), "m").entity().deadLetters())
            .map(dead -> CompletableFuture.supplyAsync(() -> dead.requeueAll(letter -> true)))
            .toList();
    assertThat(answers.stream().mapToLong(CompletableFuture::join).sum()).isEqualTo(3);
    assertThat(mortal.entity().queueLength()).isEqualTo(3);
    assertThat(mortal.entity().deadLetters().length()).isZero();
  }

  /** The compiler checks that no message is forgotten. */
  @Test
  void messagesAreTyped() {
    MortalClient mortal = MortalClient.of(host(), "m");
    kill(mortal, "a");
    List<String> names =
        mortal.entity().deadLetters().list(1).items().stream()
            .map(letter -> letter.message().orElseThrow())
            .map(
                message ->
                    switch (message) {
                      case MortalMessage.Work it -> it.message().name();
                      case MortalMessage.Task it -> it.message().name();
                      case MortalMessage.Quit it -> it.message().why();
                      case MortalMessage.Nudge it -> it.message().name();
                      case MortalMessage.Read it -> "nothing";
                    })
            .toList();
    assertThat(names).containsExactly("a");
  }

  @Test
  void pagesFollowEachOtherInTheOrderOfTheQueue() {
    MortalClient mortal = MortalClient.of(host(), "m");
    String[] names = IntStream.range(0, 7).mapToObj(i -> "bad" + i).toArray(String[]::new);
    kill(mortal, names);
    DeadLetters<MortalMessage> dead = MortalClient.of(cluster.node(), "m").entity().deadLetters();
    assertThat(dead.length()).isEqualTo(7);

    List<String> listed = new ArrayList<>();
    Page<DeadLetter<MortalMessage>> page = dead.list(3);
    int pages = 1;
    while (page.next().isPresent()) {
      assertThat(page.items()).hasSize(3);
      listed.addAll(names(page));
      String last = page.items().getLast().key();
      // A page begins behind its predecessor, also when that is gone.
      if (pages == 1) {
        assertThat(dead.discard(last)).isTrue();
      }
      page = dead.list(3, last);
      pages++;
    }
    listed.addAll(names(page));
    assertThat(listed).containsExactly(names);
    assertThat(pages).isEqualTo(3);
    assertThat(dead.list(100).items()).hasSize(6);
    assertThat(dead.list(6).next().isPresent()).isFalse();
  }

  @Test
  void oneIsRequeuedBehindTheQueueAndRunsAnew() {
    MortalClient mortal = MortalClient.of(host(), "m");
    kill(mortal, "a", "b", "c");
    String b = mortal.entity().deadLetters().list(9).items().get(1).key();
    mortal.entity().pause("to look into the queue");
    mortal.workAsync("first", 0).join();
    assertThat(mortal.entity().deadLetters().requeue(b)).isTrue();
    assertThat(mortal.entity().deadLetters().length()).isEqualTo(2);
    assertThat(mortal.entity().queueLength()).isEqualTo(2);
    mortal.entity().resume();
    // It fails again as often as before, so its attempts were counted anew.
    await().until(() -> mortal.entity().deadLetters().length() == 3);
    assertThat(lives.attempts("b")).containsExactly(1, 2, 1, 2);
    assertThat(names(mortal.entity().deadLetters().list(9))).containsExactly("a", "c", "b");
    assertThat(mortal.read().done()).containsExactly("first");
    assertThat(mortal.entity().deadLetters().requeue(b)).as("its key is gone").isFalse();
  }

  @Test
  void allAreRequeuedInTheirOrder() {
    MortalClient mortal = MortalClient.of(host(), "m");
    String[] names = IntStream.range(0, 5).mapToObj(i -> "bad" + i).toArray(String[]::new);
    kill(mortal, names);
    cluster.closeNodes();

    // Healed: what failed before works now.
    Lives later = new Lives();
    Dgen healed =
        cluster
            .node(options -> options.toBuilder().failures(it -> it.deadLetterThreshold(5)).build())
            .host(MortalServer.of(later));
    MortalClient again = MortalClient.of(healed, "m");
    assertThat(again.entity().deadLetters().requeueAll()).isEqualTo(5);
    assertThat(again.entity().deadLetters().length()).isZero();
    assertThat(again.entity().deadLetters().requeueAll()).isZero();
    assertThat(again.read().done()).containsExactly(names);
    assertThat(later.attempts("bad0")).containsExactly(1, 2, 3);
    assertClean();
  }

  /** More than one transaction holds, of which one letter alone nearly fills one. */
  @Test
  void largeLettersAreListedAndRequeued() {
    Dgen node =
        cluster
            .node(options -> options.toBuilder().failures(it -> it.deadLetterThreshold(1)).build())
            .host(
                LargeValuesServer.of(
                    new LargeValues() {
                      @Override
                      public State handleCast(Paste message, State state) {
                        throw new IllegalStateException("no paste");
                      }
                    }));
    LargeValuesClient large = LargeValuesClient.of(node, "a");
    List<Integer> sizes = List.of(10, 400_000, 9_700_000, 700_000, 700_000, 20, 30);
    for (int size : sizes) {
      large.paste("p" + size, new byte[size]);
    }
    await().until(() -> large.entity().queueLength() == 0);
    DeadLetters<LargeValuesMessage> dead = large.entity().deadLetters();
    assertThat(dead.length()).isEqualTo(sizes.size());
    List<Integer> listed = new ArrayList<>();
    Page<DeadLetter<LargeValuesMessage>> page = dead.list(100);
    page.items().forEach(letter -> listed.add(size(letter)));
    while (page.next().isPresent()) {
      page = dead.list(100, page.items().getLast().key());
      assertThat(page.items()).isNotEmpty();
      page.items().forEach(letter -> listed.add(size(letter)));
    }
    assertThat(listed).isEqualTo(sizes);

    cluster.closeNodes();
    LargeValuesClient again = LargeValuesClient.of(cluster.host(LargeValuesServer.of()), "a");
    again.entity().pause("to see it done in one go");
    assertThat(again.entity().deadLetters().requeueAll()).isEqualTo(sizes.size());
    assertThat(again.entity().queueLength()).isEqualTo(sizes.size());
    assertThat(again.entity().deadLetters().list(1).items()).isEmpty();
  }

  private static int size(DeadLetter<LargeValuesMessage> letter) {
    return letter.message().orElseThrow() instanceof LargeValuesMessage.Paste paste
        ? paste.message().picture().length
        : -1;
  }

  /**
   * A death is no effect: who comes again under the key is carried out, and then the letter not.
   */
  @Test
  void aKeyOfIdempotencyCountsOnceBeyondDeath() {
    MortalClient mortal = MortalClient.of(host(), "m").withIdempotencyKey("k");
    assertThatThrownBy(() -> mortal.task("a", 2)).isInstanceOf(DeadLetterException.class);
    assertThatThrownBy(() -> mortal.task("a", 2)).isInstanceOf(DeadLetterException.class);
    assertThat(mortal.entity().deadLetters().length()).isEqualTo(2);
    cluster.closeNodes();

    Lives later = new Lives();
    MortalClient healed = MortalClient.of(cluster.host(MortalServer.of(later)), "m");
    assertThat(healed.entity().deadLetters().requeueAll()).isEqualTo(2);
    assertThat(healed.read().done()).containsExactly("a");
    assertThat(later.attempts("a")).containsExactly(1, 2, 3);
    assertThat(healed.withIdempotencyKey("k").task("a", 2)).isEqualTo(3);
    assertThat(later.attempts("a")).hasSize(3);
  }

  @Test
  void oneIsDiscardedAndAllArePurged() {
    MortalClient mortal = MortalClient.of(host(), "m");
    kill(mortal, "a", "b", "c");
    DeadLetters<MortalMessage> dead = mortal.entity().deadLetters();
    String b = dead.list(9).items().get(1).key();
    assertThat(dead.discard(b)).isTrue();
    assertThat(dead.discard(b)).isFalse();
    assertThat(names(dead.list(9))).containsExactly("a", "c");
    assertThat(dead.length()).isEqualTo(2);
    assertThat(dead.purge()).isEqualTo(2);
    assertThat(dead.purge()).isZero();
    assertThat(dead.length()).isZero();
    assertThat(dead.list(9).items()).isEmpty();
    assertClean();
  }

  @Test
  void whatIsNotThereIsAnAnswer() {
    MortalClient nobody = MortalClient.of(cluster.node(), "nobody");
    DeadLetters<MortalMessage> dead = nobody.entity().deadLetters();
    assertThat(dead.length()).isZero();
    assertThat(dead.list(1)).isEqualTo(new Page<>(List.of(), Optional.empty()));
    assertThat(dead.requeue(NO_LETTER)).isFalse();
    assertThat(dead.discard(NO_LETTER)).isFalse();
    assertThat(dead.requeueAll()).isZero();
    assertThat(dead.purge()).isZero();
    assertThat(nobody.entity().queueLength()).isZero();
  }

  @Test
  void whatIsNoKeyIsAnError() {
    DeadLetters<MortalMessage> dead = MortalClient.of(cluster.node(), "m").entity().deadLetters();
    for (String wrong : List.of("", "b", NO_LETTER + "00", NO_LETTER.replace('0', 'x'))) {
      assertThatThrownBy(() -> dead.requeue(wrong))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("24 hexadecimal digits")
          .hasMessageContaining("\"" + wrong + "\"");
      assertThatThrownBy(() -> dead.discard(wrong)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> dead.list(1, wrong)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> dead.list(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be at least 1; found 0");
  }

  /** A letter of a newer version can be listed, requeued and discarded, though not read. */
  @Test
  void whatCannotBeDecodedIsListedAsFarAsItCan() {
    Dgen node =
        cluster.node(
            options -> options.toBuilder().failures(it -> it.deadLetterThreshold(1)).build());
    LessonsClient lessons = LessonsClient.of(node.host(LessonsServer.of()), "a");
    lessons.fail("this");
    lessons.fail("that");
    await().until(() -> lessons.entity().deadLetters().length() == 2);
    cluster.closeNodes();

    OldLessonsClient old = OldLessonsClient.of(cluster.node(), "a");
    DeadLetters<OldLessonsMessage> dead = old.entity().deadLetters();
    List<DeadLetter<OldLessonsMessage>> letters = dead.list(9).items();
    assertThat(letters)
        .hasSize(2)
        .allSatisfy(
            letter -> {
              assertThat(letter.name()).isEqualTo("Fail");
              assertThat(letter.message()).isEmpty();
              assertThat(letter.problem())
                  .hasValueSatisfying(it -> assertThat(it).contains("Fail"));
              assertThat(letter.bytes()).asString().contains("th");
              assertThat(letter.attempts()).isEqualTo(1);
              assertThat(letter.error()).contains("cannot learn th");
            });
    assertThat(dead.requeue(letters.get(1).key())).isTrue();
    assertThat(dead.discard(letters.get(0).key())).isTrue();
    assertThat(dead.length()).isZero();
    assertThat(old.entity().queueLength()).isEqualTo(1);

    // A node with the newer version takes it up again.
    cluster
        .node(options -> options.toBuilder().failures(it -> it.deadLetterThreshold(1)).build())
        .host(LessonsServer.of());
    await().until(() -> dead.length() == 1);
    assertThat(dead.list(9).items().getFirst().error()).contains("cannot learn that");
  }

  /** Two operators, or one whose first request seemed to fail: the letter runs once. */
  @Test
  void aLetterIsRequeuedOnceByWhoeverDoes() {
    MortalClient mortal = MortalClient.of(host(), "m");
    kill(mortal, "a");
    mortal.entity().pause("to see the queue");
    String key = mortal.entity().deadLetters().list(1).items().getFirst().key();
    List<CompletableFuture<Boolean>> answers =
        IntStream.range(0, 4)
            .mapToObj(i -> MortalClient.of(cluster.node(), "m").entity().deadLetters())
            .map(dead -> CompletableFuture.supplyAsync(() -> dead.requeue(key)))
            .toList();
    assertThat(answers.stream().filter(CompletableFuture::join)).hasSize(1);
    assertThat(mortal.entity().queueLength()).isEqualTo(1);
    assertThat(mortal.entity().deadLetters().length()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fate.class,
      names = {"CONFLICT", "UNKNOWN_BUT_COMMITTED", "UNKNOWN_AND_NOT_COMMITTED"})
  void everyChangeHappensOnceWhateverItsCommitSays(Fate fate) {
    MortalClient mortal = MortalClient.of(host(), "m");
    kill(mortal, "a", "b", "c", "d");
    mortal.entity().pause("to see the queue");
    Queue<Fate> fates = new ConcurrentLinkedQueue<>(List.of(fate));
    FaultyStore store =
        new FaultyStore(cluster.store())
            .plan(
                commit -> {
                  Fate next = commit.writes(KeyKind.DEAD) ? fates.poll() : null;
                  return next == null ? FaultyStore.GO : CompletableFuture.completedFuture(next);
                });
    DeadLetters<MortalMessage> dead =
        MortalClient.of(cluster.node(store, options -> options), "m").entity().deadLetters();
    List<String> keys = dead.list(9).items().stream().map(DeadLetter::key).toList();
    assertThat(dead.requeue(keys.get(0))).isTrue();
    fates.add(fate);
    assertThat(dead.discard(keys.get(1))).isTrue();
    fates.add(fate);
    assertThat(dead.requeueAll(letter -> letter.key().equals(keys.get(2)))).isEqualTo(1);
    assertThat(fates).isEmpty();
    fates.add(fate);
    assertThat(dead.requeueAll()).isEqualTo(1);
    assertThat(fates).isEmpty();
    assertThat(dead.length()).isZero();
    assertThat(mortal.entity().queueLength()).isEqualTo(3);
  }

  private static List<String> names(Page<DeadLetter<MortalMessage>> page) {
    return page.items().stream()
        .map(letter -> ((MortalMessage.Work) letter.message().orElseThrow()).message().name())
        .toList();
  }

  private void assertClean() {
    StoredKeys.awaitIdle(cluster::keys);
    cluster.closeNodes();
    cluster.keys().assertOnlyIdleEntities();
  }
}
