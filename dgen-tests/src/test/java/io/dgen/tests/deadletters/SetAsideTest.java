package io.dgen.tests.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.dgen.DeadLetter;
import io.dgen.Dgen;
import io.dgen.EntityAdmin;
import io.dgen.EntityStatus;
import io.dgen.error.DeadLetterException;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.Store;
import io.dgen.tests.harness.Cluster;
import io.dgen.tests.harness.FaultyStore;
import io.dgen.tests.harness.FaultyStore.Fate;
import io.dgen.tests.harness.KeyKind;
import io.dgen.tests.harness.OnEveryStore;
import io.dgen.tests.harness.StoredKeys;
import io.dgen.tests.servers.Lessons;
import io.dgen.tests.servers.LessonsClient;
import io.dgen.tests.servers.LessonsMessage;
import io.dgen.tests.servers.LessonsServer;
import io.dgen.tests.servers.OldLessons.Level;
import io.dgen.tests.servers.OldLessonsClient;
import io.dgen.tests.servers.OldLessonsServer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The first message of a queue, which no node can decode, is set aside by an operator. */
class SetAsideTest extends OnEveryStore {

  private static final byte[] ROOT = Cluster.OPTIONS.root().getBytes(StandardCharsets.UTF_8);

  /** Where the number of the format is in the first chunk of a message. */
  private static final int FORMAT = 9;

  /** Where an operator works, and what the node there knows of the server. */
  enum Operator {
    HOST,
    HOST_BY_NAMES,
    ELSEWHERE,
    ELSEWHERE_BY_NAMES;

    EntityAdmin<?> admin(Dgen host, Dgen other) {
      return switch (this) {
        case HOST -> OldLessonsClient.of(host, "a").entity();
        case HOST_BY_NAMES -> host.admin().entity("Lessons", "a");
        case ELSEWHERE -> OldLessonsClient.of(other, "a").entity();
        case ELSEWHERE_BY_NAMES -> other.admin().entity("Lessons", "a");
      };
    }
  }

  /** A host of the older version, whose queue begins with a call of the newer one. */
  private final class Blocked {

    private final Dgen host = cluster.node().host(OldLessonsServer.of());
    private final Dgen other = cluster.node();
    private final OldLessonsClient lessons = OldLessonsClient.of(other, "a");
    private final CompletableFuture<Integer> exam;

    Blocked() {
      lessons.learn("letters", Level.EASY);
      assertThat(lessons.learned()).containsExactly("letters");
      exam = LessonsClient.of(other, "a").examAsync("runes");
      await().until(() -> lessons.entity().queueLength() == 1);
      lessons.learn("numbers", Level.EASY);
      await().until(() -> first().lastError().contains("Exam"));
    }

    private EntityStatus.First first() {
      return other.admin().entity("Lessons", "a").status().first().orElseThrow();
    }

    private EntityAdmin<String> byNames() {
      return other.admin().entity("Lessons", "a");
    }

    /** The newer version comes, and the letter is put back. */
    void assertRequeuedForTheNewerVersion() {
      cluster.closeNodes();
      LessonsClient lessons = LessonsClient.of(cluster.host(LessonsServer.of()), "a");
      DeadLetter<LessonsMessage> letter = lessons.entity().deadLetters().list(9).items().getFirst();
      assertThat(letter.message()).contains(new LessonsMessage.Exam(new Lessons.Exam("runes")));
      assertThat(lessons.entity().deadLetters().requeue(letter.key())).isTrue();
      assertThat(lessons.learned()).containsExactly("letters", "numbers", "runes");
      assertThat(lessons.entity().deadLetters().length()).isZero();
      StoredKeys.awaitIdle(cluster::keys);
    }
  }

  @ParameterizedTest
  @EnumSource
  void itsCallerIsToldAndThoseBehindItRun(Operator operator) {
    Blocked blocked = new Blocked();
    String key = operator.admin(blocked.host, blocked.other).setAside();
    assertThatThrownBy(blocked.exam::join)
        .cause()
        .isInstanceOfSatisfying(
            DeadLetterException.class,
            e -> {
              assertThat(e.effect()).isEqualTo(Effect.NONE);
              assertThat(e.attempts()).isZero();
            })
        .hasMessageContaining("Exam to Lessons(\"a\")")
        .hasMessageContaining("set aside by an operator");
    assertThat(blocked.lessons.learned()).containsExactly("letters", "numbers");
    assertThat(blocked.lessons.entity().deadLetters().list(9).items())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.key()).isEqualTo(key);
              assertThat(letter.name()).isEqualTo("Exam");
              assertThat(letter.attempts()).isZero();
              assertThat(letter.error()).contains("Exam");
              assertThat(letter.problem()).isPresent();
              assertThat(letter.callerTold()).isTrue();
            });
    blocked.assertRequeuedForTheNewerVersion();
  }

  @Test
  void whatCanBeDecodedStays() {
    Blocked blocked = new Blocked();
    assertRefused(
        LessonsClient.of(blocked.other, "a").entity(),
        "its first message, Exam, can be decoded here");
    assertThat(blocked.lessons.entity().queueLength()).isEqualTo(2);
    assertThat(blocked.byNames().setAside()).hasSize(24);
    assertThat(blocked.lessons.learned()).containsExactly("letters", "numbers");
    for (Operator each : Operator.values()) {
      assertRefused(each.admin(blocked.host, blocked.other), "its queue is empty");
    }
    blocked.byNames().pause("to keep a message in the queue");
    blocked.lessons.learn("words", Level.EASY);
    assertRefused(Operator.HOST.admin(blocked.host, blocked.other), "can be decoded here");
    assertRefused(Operator.HOST_BY_NAMES.admin(blocked.host, blocked.other), "can be decoded here");
    assertRefused(Operator.ELSEWHERE.admin(blocked.host, blocked.other), "can be decoded here");
    assertRefused(blocked.byNames(), "no node has found that its first message, Learn, cannot be");
    assertThat(blocked.lessons.entity().queueLength()).isEqualTo(1);
    assertThat(blocked.lessons.entity().deadLetters().length()).isEqualTo(1);
  }

  private static void assertRefused(EntityAdmin<?> admin, String why) {
    assertThatThrownBy(admin::setAside)
        .isInstanceOfSatisfying(
            DgenException.class, e -> assertThat(e.effect()).isEqualTo(Effect.NONE))
        .hasMessageContaining("nothing of Lessons(\"a\") was set aside")
        .hasMessageContaining(why);
  }

  @Test
  void anEntityThatIsPausedStaysSo() {
    Blocked blocked = new Blocked();
    blocked.byNames().pause("for repair");
    blocked.byNames().setAside();
    EntityStatus status = blocked.byNames().status();
    assertThat(status.pause()).isPresent();
    assertThat(status.queueLength()).isEqualTo(1);
    blocked.byNames().resume();
    assertThat(blocked.lessons.learned()).containsExactly("letters", "numbers");
  }

  @Test
  void ofManyOperatorsOneSetsItAside() {
    Blocked blocked = new Blocked();
    List<CompletableFuture<String>> answers =
        IntStream.range(0, 4)
            .mapToObj(i -> cluster.node().admin().entity("Lessons", "a"))
            .map(
                admin ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            return admin.setAside();
                          } catch (DgenException e) {
                            assertThat(e).hasMessageContaining("nothing of Lessons");
                            return "";
                          }
                        }))
            .toList();
    assertThat(answers.stream().map(CompletableFuture::join).filter(key -> !key.isEmpty()))
        .hasSize(1);
    assertThat(blocked.lessons.learned()).containsExactly("letters", "numbers");
    assertThat(blocked.lessons.entity().deadLetters().length()).isEqualTo(1);
  }

  /** It reads the message, and then a node that can decode it executes it. */
  @Test
  void aNodeThatCanDecodeItIsFaster() {
    Blocked blocked = new Blocked();
    CompletableFuture<Fate> held = new CompletableFuture<>();
    CompletableFuture<Void> arrived = new CompletableFuture<>();
    FaultyStore store =
        new FaultyStore(cluster.store())
            .plan(
                commit -> {
                  if (!commit.writes(KeyKind.DEAD)) {
                    return FaultyStore.GO;
                  }
                  arrived.complete(null);
                  return held;
                });
    EntityAdmin<String> operator =
        cluster.node(store, options -> options).admin().entity("Lessons", "a");
    CompletableFuture<Void> refused =
        CompletableFuture.runAsync(() -> assertRefused(operator, "executed or changed"));
    arrived.join();
    blocked.host.close();
    cluster.forget(blocked.host);
    LessonsClient lessons = LessonsClient.of(cluster.host(LessonsServer.of()), "a");
    assertThat(blocked.exam.join()).isEqualTo(2);
    held.complete(Fate.COMMIT);
    refused.join();
    assertThat(lessons.learned()).containsExactly("letters", "runes", "numbers");
    assertThat(lessons.entity().deadLetters().length()).isZero();
  }

  @ParameterizedTest
  @EnumSource(
      value = Fate.class,
      names = {"CONFLICT", "UNKNOWN_BUT_COMMITTED", "UNKNOWN_AND_NOT_COMMITTED"})
  void itHappensOnceWhateverItsCommitSays(Fate fate) {
    Blocked blocked = new Blocked();
    CompletableFuture<Void> met = new CompletableFuture<>();
    Store store =
        new FaultyStore(cluster.store())
            .plan(
                commit ->
                    commit.writes(KeyKind.DEAD) && met.complete(null)
                        ? CompletableFuture.completedFuture(fate)
                        : FaultyStore.GO);
    Dgen node = cluster.node(store, options -> options);
    assertThat(node.admin().entity("Lessons", "a").setAside()).hasSize(24);
    assertThat(met).isDone();
    assertThatThrownBy(blocked.exam::join).hasCauseInstanceOf(DeadLetterException.class);
    assertThat(blocked.lessons.learned()).containsExactly("letters", "numbers");
    blocked.assertRequeuedForTheNewerVersion();
  }

  /** Not even its header can be read: nothing of it is changed. */
  @Test
  void aMessageWhoseHeaderHasAnotherFormat() {
    cluster.host(OldLessonsServer.of());
    Dgen other = cluster.node();
    OldLessonsClient lessons = OldLessonsClient.of(other, "a");
    lessons.learn("letters", Level.EASY);
    assertThat(lessons.learned()).containsExactly("letters");
    lessons.entity().pause("to change what is queued");
    CompletableFuture<List<String>> first = lessons.learnedAsync();
    await().until(() -> lessons.entity().queueLength() == 1);
    lessons.learn("numbers", Level.EASY);
    setFormat((byte) 9);
    lessons.entity().resume();
    String key = other.admin().entity("Lessons", "a").setAside();
    assertThatThrownBy(first::join).hasCauseInstanceOf(DeadLetterException.class);
    assertThat(lessons.learned()).containsExactly("letters", "numbers");
    assertThat(lessons.entity().deadLetters().list(9).items())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.name()).isEqualTo("Learned");
              assertThat(letter.error()).contains("envelope format 9");
              assertThat(letter.problem().orElseThrow()).contains("envelope format 9");
              assertThat(letter.callerTold()).isTrue();
            });
    lessons.entity().pause("to change what is queued");
    assertThat(lessons.entity().deadLetters().requeue(key)).isTrue();
    setFormat((byte) 1);
    lessons.entity().resume();
    assertThat(lessons.learned()).containsExactly("letters", "numbers");
  }

  /** Gives the first queued message the header of another format. */
  private void setFormat(byte format) {
    KeyValue row =
        cluster
            .store()
            .<List<KeyValue>>read(tx -> tx.getRange(ROOT, Keys.prefixEnd(ROOT), 0).join())
            .stream()
            .filter(each -> KeyKind.of(each.key(), ROOT.length) == KeyKind.QUEUE)
            .findFirst()
            .orElseThrow();
    byte[] value = row.value().clone();
    value[FORMAT] = format;
    cluster.set(row.key(), value);
  }
}
