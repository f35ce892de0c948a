package io.dgen.tests.property;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.generated.MessageCodec;
import io.dgen.generated.codec.StateCodec;
import io.dgen.generated.codec.StateSource;
import io.dgen.internal.term.Terms;
import io.dgen.tests.property.ListEdit.Items;
import io.dgen.tests.property.ListEdit.Kind;
import io.dgen.tests.property.Sample.Color;
import io.dgen.tests.property.Sample.Lists;
import io.dgen.tests.property.Sample.Maps;
import io.dgen.tests.property.Sample.Named;
import io.dgen.tests.property.Sample.Part;
import io.dgen.tests.property.Sample.Replace;
import io.dgen.tests.property.Sample.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;

/**
 * What holds for every state and every change of one. The seeds are fixed, so that a build is what
 * it was; the profile {@code long} tries many more, each time others, and prints the seed of what
 * fails.
 */
class StatePropertyTest {

  private static final StateCodec<State> STATES = SampleCodec.STATES;
  private static final MessageCodec<SampleMessage> MESSAGES = SampleCodec.MESSAGES;

  private static final Items<Named> NAMED =
      new Items<>(
          number -> new Named("new " + number, number, List.of(), Map.of()),
          it -> new Named(it.name(), it.id() + 1, it.parts(), it.counts()));
  private static final Items<Part> PARTS =
      new Items<>(
          number -> new Part((int) number, Color.RED, List.of()),
          it -> new Part(it.id(), it.color(), List.of("changed " + it.notes().size())));

  @Provide
  Arbitrary<State> states() {
    return SampleStates.states();
  }

  /** Edits that are one update, of the lists that {@link #edited} knows. */
  record Update(
      List<ListEdit> named, List<ListEdit> parts, List<ListEdit> inItem, List<ListEdit> inMap) {}

  @Provide
  Arbitrary<List<Update>> updates() {
    Arbitrary<List<ListEdit>> edits =
        Combinators.combine(
                Arbitraries.of(Kind.class), Arbitraries.integers(), Arbitraries.integers())
            .as(ListEdit::new)
            .list()
            .ofMaxSize(4);
    return Combinators.combine(edits, edits, edits, edits).as(Update::new).list().ofMaxSize(6);
  }

  @Property(tries = 120, edgeCases = EdgeCasesMode.NONE, seed = "20260101")
  void whatIsWrittenIsRead(@ForAll("states") State state) {
    assertWrittenIsRead(state);
  }

  @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
  @Tag("long")
  void whatIsWrittenIsReadManyTimes(@ForAll("states") State state) {
    assertWrittenIsRead(state);
  }

  private static void assertWrittenIsRead(State state) {
    State frozen = STATES.freeze(null, state);
    assertThat(Rendered.asEqual(frozen)).isEqualTo(Rendered.asEqual(state));
    assertReads(StoredState.of(STATES, frozen), frozen);
    SampleMessage message = new SampleMessage.Replace(new Replace(state));
    byte[] bytes = Terms.encode(out -> MESSAGES.write(message, out));
    SampleMessage read = Terms.decode(bytes, in -> MESSAGES.read("Replace", in));
    assertThat(Rendered.asEqual(((SampleMessage.Replace) read).message().state()))
        .isEqualTo(Rendered.asEqual(state));
  }

  @Property(tries = 120, edgeCases = EdgeCasesMode.NONE, seed = "20260102")
  void aDifferenceIsTheLeastAndLeavesWhatAFullWriteDoes(
      @ForAll("states") State before, @ForAll("states") State after) {
    assertDifference(before, after);
  }

  @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
  @Tag("long")
  void aDifferenceIsTheLeastManyTimes(
      @ForAll("states") State before, @ForAll("states") State after) {
    assertDifference(before, after);
  }

  private static void assertDifference(State before, State after) {
    State was = STATES.freeze(null, before);
    StoredState stored = StoredState.of(STATES, was);
    change(stored, was, after);
    // A node that has read the state finds the same difference as the one that wrote it.
    StoredState cold = StoredState.of(STATES, was);
    change(cold, STATES.read(cold.source()), after);
    assertThat(stored.differences(cold)).isEmpty();
    // And nothing is left to do.
    State read = STATES.read(stored.source());
    assertThat(stored.write(STATES, read, STATES.freeze(read, after)).sets()).isEmpty();
  }

  @Property(tries = 120, edgeCases = EdgeCasesMode.NONE, seed = "20260103")
  void editsOfListsWriteTheLeast(
      @ForAll("states") State start, @ForAll("updates") List<Update> updates) {
    assertEdits(start, updates);
  }

  @Property(tries = 5_000, edgeCases = EdgeCasesMode.NONE)
  @Tag("long")
  void editsOfListsWriteTheLeastManyTimes(
      @ForAll("states") State start, @ForAll("updates") List<Update> updates) {
    assertEdits(start, updates);
  }

  private static void assertEdits(State start, List<Update> updates) {
    State was = STATES.freeze(null, start);
    State state = was;
    StoredState stored = StoredState.of(STATES, was);
    for (int i = 0; i < updates.size(); i++) {
      Update update = updates.get(i);
      state = STATES.freeze(state, edited(state, update, 1_000_000 + 100L * i));
      if (i % 3 != 1) { // Every second write is of two updates: those of two messages in one round.
        State frozen = change(stored, was, state);
        was = i % 2 == 0 ? STATES.read(stored.source()) : frozen;
        state = was;
      }
    }
  }

  /** Stores a change and checks all that must be so behind it. */
  private static State change(StoredState stored, State was, State after) {
    State frozen = STATES.freeze(was, after);
    assertThat(Rendered.asEqual(frozen)).isEqualTo(Rendered.asEqual(after));
    LeastChange.assertLeast(stored.write(STATES, was, frozen));
    assertReads(stored, frozen);
    assertThat(stored.differences(StoredState.of(STATES, frozen))).isEmpty();
    return frozen;
  }

  private static void assertReads(StoredState stored, State state) {
    StateSource source = stored.source();
    assertThat(Rendered.inOrder(STATES.read(source))).isEqualTo(Rendered.inOrder(state));
    assertThat(source.isOutdated()).isFalse();
  }

  private static State edited(State state, Update update, long number) {
    Lists lists = state.lists();
    List<Named> named = ListEdit.all(update.named(), lists.named(), NAMED, number);
    if (!named.isEmpty()) {
      Named first = named.getFirst();
      List<Part> parts = ListEdit.all(update.inItem(), first.parts(), PARTS, number);
      named.set(0, new Named(first.name(), first.id(), parts, first.counts()));
    }
    Map<Color, List<Part>> byColor = new HashMap<>(state.maps().byColor());
    byColor.merge(
        Color.RED,
        new ArrayList<>(),
        (parts, unused) -> ListEdit.all(update.inMap(), parts, PARTS, number));
    Lists edited =
        new Lists(
            named,
            ListEdit.all(update.parts(), lists.parts(), PARTS, number),
            lists.numbered(),
            lists.unique(),
            lists.daily(),
            lists.folded(),
            lists.texts(),
            lists.deep());
    Maps maps = state.maps();
    return new State(
        state.scalars(),
        state.boxes(),
        state.values(),
        edited,
        new Maps(
            maps.byName(),
            byColor,
            maps.byNumber(),
            maps.byUuid(),
            maps.byShort(),
            maps.folded(),
            maps.pairs()),
        state.rest(),
        state.more());
  }
}
