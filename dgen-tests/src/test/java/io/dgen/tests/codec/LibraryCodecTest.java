package io.dgen.tests.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.codec.CodecException;
import io.dgen.generated.codec.StateCodec;
import io.dgen.generated.codec.StateSource;
import io.dgen.store.KeyValue;
import io.dgen.tests.codec.Library.Book;
import io.dgen.tests.codec.Library.Counted;
import io.dgen.tests.codec.Library.Page;
import io.dgen.tests.codec.Library.Position;
import io.dgen.tests.codec.Library.Reader;
import io.dgen.tests.codec.Library.Shelf;
import io.dgen.tests.codec.Library.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How lists with ids, maps and what is marked as a term are stored by generated codecs. */
class LibraryCodecTest {

  private static final StateCodec<State> STATES = LibraryCodec.STATES;
  private static final UUID DRAFT = new UUID(1, 2);

  private static State full() {
    Map<String, Long> order = new LinkedHashMap<>();
    order.put("z", 1L);
    order.put("a", 2L);
    return new State(
        List.of(
            new Book("one", 1, List.of(new Page(1, "x"), new Page(2, "y"))),
            new Book("two", 1, List.of())),
        Map.of(DRAFT, List.of(new Page(7, "draft"))),
        Map.of(Shelf.OLD, new Reader(Shelf.OLD, new Position(1, 2))),
        Map.of("b", 2L, "a", 1L),
        Map.of(-5L, Map.of((byte) 3, new Counted(9))),
        List.of(new Page(1, "same"), new Page(1, "same")),
        order,
        new Counted(1),
        null);
  }

  private static State withBooks(State state, List<Book> books) {
    return new State(
        books,
        state.drafts(),
        state.readers(),
        state.words(),
        state.nested(),
        state.folded(),
        state.order(),
        state.whole(),
        state.position());
  }

  private static State withWords(State state, @Nullable Map<String, Long> words) {
    return new State(
        state.books(),
        state.drafts(),
        state.readers(),
        words == null ? Map.of() : words,
        state.nested(),
        state.folded(),
        state.order(),
        state.whole(),
        state.position());
  }

  private static State read(MemoryState memory) {
    StateSource source = memory.source();
    State state = STATES.read(source);
    assertThat(source.isOutdated()).isFalse();
    return state;
  }

  @Test
  void partsAreStoredOneByOne() {
    State state = STATES.freeze(null, full());
    MemoryState memory = MemoryState.of(STATES, state);
    assertThat(read(memory)).isEqualTo(full());
    assertThat(memory.paths()).hasSize(20);
    assertThat(memory.paths()).contains("[words, [a], 0]", "[nested, [-5], [3], count, 0]");
    assertThat(memory.paths()).contains("[whole, 0]", "[folded, 0]", "[order, 0]");
    assertThat(memory.paths()).contains("[readers, [OLD], id, 0]", "[readers, [OLD], position, 0]");
  }

  @Test
  void mapsComeInTheOrderOfTheirKeysUnlessTheyAreTerms() {
    State state = STATES.freeze(null, full());
    assertThat(state.words().keySet()).containsExactly("a", "b");
    assertThat(state.order().keySet()).containsExactly("z", "a");
    State read = read(MemoryState.of(STATES, state));
    assertThat(read.words().keySet()).containsExactly("a", "b");
    assertThat(read.order().keySet()).containsExactly("z", "a");
  }

  @Test
  void aMapWithAKeyThatCannotBeInAKeyIsATerm() {
    State state = STATES.freeze(null, full());
    MemoryState memory = MemoryState.of(STATES, state);
    for (@Nullable String key : Arrays.asList("\uD800", "x".repeat(1_001), null)) {
      Map<String, Long> words = new LinkedHashMap<>(state.words());
      words.put(key, 5L);
      State next = STATES.freeze(state, withWords(state, words));
      assertThat(memory.write(STATES, state, next))
          .contains("clear [words]", "set [words, 0]")
          .hasSize(2);
      assertThat(read(memory)).isEqualTo(next);
      memory.write(STATES, next, state);
      assertThat(read(memory)).isEqualTo(state);
    }
    State gone = STATES.freeze(state, withWords(state, Map.of("b", 2L, "c", 3L)));
    assertThat(memory.write(STATES, state, gone))
        .containsExactlyInAnyOrder("set [words, [c], 0]", "clear [words, [a]]");
    assertThat(read(memory)).isEqualTo(gone);
  }

  @Test
  void aChangeDeepInAListWritesOneKey() {
    State state = STATES.freeze(null, full());
    MemoryState memory = MemoryState.of(STATES, state);
    List<Book> books = new ArrayList<>(state.books());
    Book one = books.getFirst();
    List<Page> pages = new ArrayList<>(one.pages());
    pages.set(1, new Page(2, "changed"));
    books.set(0, new Book("one", 1, pages));
    State next = STATES.freeze(state, withBooks(state, books));
    assertThat(memory.write(STATES, state, next)).hasSize(1);
    assertThat(read(memory)).isEqualTo(next);
    State reversed = STATES.freeze(next, withBooks(next, books.reversed()));
    assertThat(memory.write(STATES, next, reversed)).isNotEmpty();
    assertThat(read(memory).books()).isEqualTo(books.reversed());
    assertThat(STATES.freeze(reversed, reversed)).isSameAs(reversed);
  }

  @Test
  void twoItemsWithOneIdAreRefusedByTheirPath() {
    Book twice = new Book("one", 1, List.of(new Page(4, "x"), new Page(4, "y")));
    assertThatThrownBy(() -> STATES.freeze(null, withBooks(full(), List.of(twice))))
        .isInstanceOf(CodecException.class)
        .hasMessage(
            "Library.State.books[one].pages: two items have the id 4; give each item its own");
    Book other = new Book("one", 2, List.of());
    assertThatThrownBy(() -> STATES.freeze(null, withBooks(full(), List.of(other, other))))
        .hasMessage("Library.State.books: two items have the id one; give each item its own");
  }

  @Test
  void aMessageMayHoldWhatAStateMayNot() {
    Book twice = new Book("one", 1, List.of(new Page(4, "x"), new Page(4, "y")));
    LibraryMessage message =
        new LibraryMessage.Replace(new Library.Replace(withBooks(full(), List.of(twice, twice))));
    assertThat(LibraryCodec.MESSAGES.freeze(message)).isEqualTo(message);
  }

  @Test
  void damagedKeysEndInAStateOrACodecException() {
    Random random = new Random(9);
    StateSource sound = MemoryState.of(STATES, STATES.freeze(null, full())).source();
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      List<KeyValue> pairs = new ArrayList<>(sound.pairs());
      int at = random.nextInt(pairs.size());
      byte[] key = pairs.get(at).key().clone();
      if (random.nextBoolean()) {
        key[random.nextInt(key.length)] = (byte) random.nextInt(256);
      } else {
        key = Arrays.copyOf(key, random.nextInt(key.length + 3));
      }
      pairs.set(at, new KeyValue(key, pairs.get(at).value()));
      try {
        STATES.read(new StateSource(sound.prefixLength(), pairs));
      } catch (CodecException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(10_000, 19_999);
  }
}
