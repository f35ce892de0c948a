package io.dgen.tests.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import io.dgen.generated.codec.StateCodec;
import io.dgen.generated.codec.StateSink;
import io.dgen.generated.codec.StateSource;
import io.dgen.store.KeyValue;
import io.dgen.store.Keys;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import io.dgen.store.memory.MemoryStore;
import io.dgen.tests.codec.Ancestor.Answer;
import io.dgen.tests.codec.Ancestor.Color;
import io.dgen.tests.codec.Ancestor.Component;
import io.dgen.tests.codec.Ancestor.Config;
import io.dgen.tests.codec.Ancestor.Name;
import io.dgen.tests.codec.Ancestor.Panel;
import io.dgen.tests.codec.Ancestor.State;
import io.dgen.tests.codec.Ancestor.Terms;
import io.dgen.tests.codec.Ancestor.User;
import io.dgen.tests.codec.Ancestor.Widget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/**
 * The cases that the Erlang library dgen publishes for its codec of states, on a real store: every
 * value comes back, and every change leaves what it should. Where the library's own test only reads
 * the value back, these also look at what was written.
 */
class AncestorCasesTest {

  private static final StateCodec<State> CODEC = AncestorCodec.STATES;
  private static final StateCodec<Ancestor.Retyped.Other> RETYPED = Ancestor_RetypedCodec.STATES;
  private static final byte[] PREFIX = Tuple.from("test", "codec", "s").pack();
  private static final State EMPTY =
      new State(null, Map.of(), null, "", List.of(), List.of(), List.of());

  private final Store store = MemoryStore.open();
  private final List<String> written = new ArrayList<>();

  @AfterEach
  void close() {
    store.close();
  }

  private <S> void set(Transaction tx, StateCodec<S> codec, @Nullable S before, S after) {
    written.clear();
    if (before == null) {
      tx.clear(PREFIX, Keys.prefixEnd(PREFIX));
    }
    codec.write(
        before,
        after,
        new StateSink() {
          @Override
          public void set(byte[] path, byte[] value) {
            written.add("set " + shown(path));
            tx.set(Keys.join(PREFIX, path), value);
          }

          @Override
          public void clearAll(byte[] path) {
            byte[] begin = Keys.join(PREFIX, path);
            written.add("clear " + shown(path));
            tx.clear(begin, Keys.prefixEnd(begin));
          }
        });
  }

  /** The names and ids of a path. */
  private static String shown(byte[] path) {
    List<Object> elements = new ArrayList<>();
    for (Object element : Tuple.fromBytes(path)) {
      elements.add(
          element instanceof List<?> part ? Objects.requireNonNull(part.getLast()) : element);
    }
    return elements.toString();
  }

  private static <S> S get(Transaction tx, StateCodec<S> codec) {
    return codec.read(source(tx));
  }

  private static StateSource source(Transaction tx) {
    List<KeyValue> pairs = tx.getRange(PREFIX, Keys.prefixEnd(PREFIX), 0).join();
    return new StateSource(PREFIX.length, pairs);
  }

  /** Stores a state over whatever is there, and reads it back in another transaction. */
  private State stored(State state) {
    State frozen = CODEC.freeze(null, state);
    store.run(
        tx -> {
          set(tx, CODEC, null, frozen);
          return true;
        });
    State read = store.run(tx -> get(tx, CODEC));
    assertThat(read).usingRecursiveComparison().isEqualTo(state);
    return frozen;
  }

  /** Stores a change, reads it back, and says what was written. */
  private List<String> changed(State before, State after) {
    store.run(
        tx -> {
          set(tx, CODEC, before, CODEC.freeze(before, after));
          return true;
        });
    State read = store.run(tx -> get(tx, CODEC));
    assertThat(read).usingRecursiveComparison().isEqualTo(after);
    return List.copyOf(written);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    return bytes;
  }

  private static Terms terms(byte @Nullable [] large) {
    return new Terms(
        42,
        "hello world",
        new Answer("ok", List.of(1, 2, 3)),
        Map.of(true, "binary_key", false, "val"),
        List.of(new Name("a"), new Name("b")),
        large);
  }

  @Nested
  class ATerm {

    @Test
    void ofEveryKindComesBack() {
      stored(EMPTY.with(terms(null)));
      assertThat(written)
          .contains("set [terms, integer, 0]", "set [terms, text, 0]", "set [terms, answer, 0]")
          .contains("set [terms, oddKeys, 0]", "set [terms, names, 0]");
    }

    @Test
    void of250000BytesIsStoredInThreeChunks() {
      stored(EMPTY.with(terms(random(250_000))));
      assertThat(written)
          .contains("set [terms, large, 0]", "set [terms, large, 1]", "set [terms, large, 2]")
          .doesNotContain("set [terms, large, 3]");
    }

    @Test
    void thatShrinksOrGrowsLeavesNoChunkBehind() {
      State large = stored(EMPTY.with(terms(random(250_000))));
      State small = CODEC.freeze(large, EMPTY.with(terms(random(10))));
      assertThat(changed(large, small))
          .containsExactly(
              "set [terms, large, 0]", "clear [terms, large, 1]", "clear [terms, large, 2]");
      assertThat(changed(small, EMPTY.with(terms(random(150_000)))))
          .containsExactly("set [terms, large, 0]", "set [terms, large, 1]");
    }
  }

  @Nested
  class AMap {

    @Test
    void isStoredByItsEntriesOrEmpty() {
      stored(EMPTY);
      stored(EMPTY.withAssigns(Map.of("count", 5L, "active", 1L)));
      assertThat(written).contains("set [assigns, active, 0]", "set [assigns, count, 0]");
    }

    @Test
    void isNestedAndMayHoldALargeTerm() {
      stored(EMPTY.with(new User("bob", 30)).with(terms(random(250_000))).withTitle("test"));
      assertThat(written).contains("set [user, name, 0]", "set [user, age, 0]");
    }

    @Test
    void thatIsTheSameIsNotWritten() {
      State state = stored(EMPTY.withAssigns(Map.of("a", 1L, "b", 2L)));
      assertThat(changed(state, state)).isEmpty();
      assertThat(changed(state, EMPTY.withAssigns(Map.of("b", 2L, "a", 1L)))).isEmpty();
    }

    @Test
    void getsOneValueChanged() {
      State state = stored(EMPTY.withAssigns(Map.of("a", 1L, "b", 2L, "c", 3L)));
      assertThat(changed(state, EMPTY.withAssigns(Map.of("a", 1L, "b", 99L, "c", 3L))))
          .containsExactly("set [assigns, b, 0]");
    }

    @Test
    void getsAndLosesAKey() {
      State one = stored(EMPTY.withAssigns(Map.of("a", 1L)));
      State two = CODEC.freeze(one, EMPTY.withAssigns(Map.of("a", 1L, "b", 2L)));
      assertThat(changed(one, two)).containsExactly("set [assigns, b, 0]");
      assertThat(changed(two, one)).containsExactly("clear [assigns, b]");
    }

    @Test
    void getsLosesAndChangesAtOnce() {
      State state = stored(EMPTY.withAssigns(Map.of("a", 1L, "b", 2L, "c", 3L)));
      assertThat(changed(state, EMPTY.withAssigns(Map.of("a", 10L, "c", 3L, "d", 4L))))
          .containsExactlyInAnyOrder(
              "set [assigns, a, 0]", "set [assigns, d, 0]", "clear [assigns, b]");
    }

    @Test
    void getsANestedValueChanged() {
      State state = stored(EMPTY.with(new User("alice", 30)).withTitle("active"));
      assertThat(changed(state, state.with(new User("alice", 31))))
          .containsExactly("set [user, age, 0]");
    }

    @Test
    void givesWayToATermAndComesBack() {
      State state = stored(EMPTY.with(new User("alice", 30)));
      State without = state.with((User) null);
      assertThat(changed(state, without)).containsExactly("clear [user]", "set [user, 0]");
      assertThat(changed(without, state))
          .containsExactly("clear [user]", "set [user, name, 0]", "set [user, age, 0]");
    }
  }

  @Nested
  class AList {

    private static final Widget A = new Widget("a", 1);
    private static final Widget B = new Widget("b", 2);
    private static final Widget C = new Widget("c", 3);
    private static final Widget D = new Widget("d", 4);
    private static final Widget E = new Widget("e", 5);

    private static List<String> setOf(String id) {
      return List.of("set [widgets, " + id + ", id, 0]", "set [widgets, " + id + ", value, 0]");
    }

    @Test
    void isStoredByItsItemsOrEmpty() {
      stored(EMPTY);
      stored(EMPTY.withWidgets(A));
      assertThat(written).containsAll(setOf("a"));
    }

    @Test
    void keepsItsOrder() {
      stored(EMPTY.withWidgets(new Widget("z", 3), A, new Widget("m", 2)));
    }

    @Test
    void keepsEveryComponentOfItsItems() {
      stored(
          EMPTY.withPanels(
              new Panel("header", Color.RED, "Hello", true),
              new Panel("footer", Color.RED, "Bye", false)));
    }

    @Test
    void standsBesideOthers() {
      stored(
          EMPTY
              .withTitle("My Page")
              .withWidgets(new Widget("w1", 1), new Widget("w2", 2))
              .withPanels(new Panel("p1", Color.BLUE, "Panel 1", true))
              .withAssigns(Map.of("count", 3L)));
    }

    @Test
    void thatIsTheSameIsNotWritten() {
      State state = stored(EMPTY.withWidgets(A, B));
      assertThat(changed(state, EMPTY.withWidgets(A, B))).isEmpty();
    }

    @Test
    void getsAComponentOfAnItemChanged() {
      State state = stored(EMPTY.withWidgets(A, B));
      assertThat(changed(state, EMPTY.withWidgets(new Widget("a", 99), B)))
          .containsExactly("set [widgets, a, value, 0]");
    }

    @Test
    void losesAnItem() {
      State state = stored(EMPTY.withWidgets(A, B, C));
      assertThat(changed(state, EMPTY.withWidgets(A, C))).containsExactly("clear [widgets, b]");
    }

    @Test
    void getsAnItemAnywhere() {
      assertThat(changed(stored(EMPTY.withWidgets(A)), EMPTY.withWidgets(A, B)))
          .isEqualTo(setOf("b"));
      assertThat(changed(stored(EMPTY.withWidgets(B)), EMPTY.withWidgets(A, B)))
          .isEqualTo(setOf("a"));
      assertThat(changed(stored(EMPTY.withWidgets(A, C)), EMPTY.withWidgets(A, B, C)))
          .isEqualTo(setOf("b"));
    }

    @Test
    void keepsItsOrderOverSeveralChanges() {
      State one = stored(EMPTY.withWidgets(A, B, C));
      State two = CODEC.freeze(one, EMPTY.withWidgets(A, C, D));
      changed(one, two);
      changed(two, EMPTY.withWidgets(A, E, C, D));
    }

    /** The ancestor loses it: its order stays what it was. */
    @Test
    void isReordered() {
      State state = stored(EMPTY.withWidgets(A, B, C));
      assertThat(changed(state, EMPTY.withWidgets(C, A, B)))
          .containsExactlyInAnyOrder(
              "set [widgets, c, id, 0]", "set [widgets, c, value, 0]", "clear [widgets, c]");
    }
  }

  @Nested
  class WhatIsNested {

    private static final Component RED = new Component("c1", new Config(Color.RED, 10));
    private static final Component GREEN = new Component("c1", new Config(Color.GREEN, 10));
    private static final Component BLUE = new Component("c2", new Config(Color.BLUE, 20));

    @Test
    void comesBackFromThreeLevels() {
      stored(EMPTY.withComponents(RED, BLUE));
      assertThat(written).contains("set [components, c1, config, color, 0]");
    }

    @Test
    void isChangedThreeLevelsDeep() {
      State state = stored(EMPTY.withComponents(RED, BLUE));
      assertThat(changed(state, EMPTY.withComponents(GREEN, BLUE)))
          .containsExactly("set [components, c1, config, color, 0]");
    }

    @Test
    void isChangedInAListBesideWhatStays() {
      State page = EMPTY.withTitle("Page");
      State state = stored(page.withWidgets(new Widget("x", 1), new Widget("y", 2)));
      assertThat(
              changed(
                  state,
                  page.withWidgets(new Widget("x", 1), new Widget("y", 99), new Widget("z", 3))))
          .containsExactly(
              "set [widgets, y, value, 0]",
              "set [widgets, z, id, 0]",
              "set [widgets, z, value, 0]");
    }
  }

  @Test
  void whatIsClearedIsGone() {
    stored(EMPTY.withAssigns(Map.of("a", 1L, "b", 2L)));
    store.run(
        tx -> {
          tx.clear(PREFIX, Keys.prefixEnd(PREFIX));
          return true;
        });
    assertThatThrownBy(() -> store.run(tx -> get(tx, CODEC)))
        .isInstanceOf(CodecException.class)
        .hasMessage("Ancestor.State: nothing is stored");
  }

  /** A map, a record and a list are overwritten by a list, a number and a term. */
  @Test
  void whatHasAnotherTypeOverwritesAllThatWasThere() {
    stored(EMPTY.with(new User("alice", 30)).withWidgets(new Widget("a", 1)).withTitle("kept"));
    Ancestor.Retyped.Other retyped =
        new Ancestor.Retyped.Other(
            null,
            List.of(new Widget("x", 1)),
            42,
            "kept",
            List.of(new Widget("a", 1)),
            List.of(),
            List.of());
    store.run(
        tx -> {
          set(tx, RETYPED, null, retyped);
          return true;
        });
    Ancestor.Retyped.Other read = store.run(tx -> get(tx, RETYPED));
    assertThat(read).isEqualTo(retyped);
    List<KeyValue> pairs = store.run(tx -> source(tx).pairs());
    assertThat(pairs).hasSize(written.size());
  }

  @Test
  void whatIsWrittenIsReadInTheSameTransaction() {
    State state = CODEC.freeze(null, EMPTY.withAssigns(Map.of("a", 1L)));
    State read =
        store.run(
            tx -> {
              set(tx, CODEC, null, state);
              return get(tx, CODEC);
            });
    assertThat(read).isEqualTo(state);
  }
}
