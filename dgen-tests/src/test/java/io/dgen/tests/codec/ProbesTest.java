package io.dgen.tests.codec;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.generated.codec.StateCodec;
import io.dgen.tests.codec.Probes.Inner;
import io.dgen.tests.codec.Probes.Item;
import io.dgen.tests.codec.Probes.Part;
import io.dgen.tests.codec.Probes.Probe;
import io.dgen.tests.codec.Probes.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is the same instance as before is neither frozen nor compared nor written. */
class ProbesTest {

  private static final StateCodec<State> STATES = ProbesCodec.STATES;

  private MemoryState stored = new MemoryState();
  private State before = state();

  private static State state() {
    return new State(
        1,
        new Probe("alone"),
        new Part(new Inner(1, new Probe("inner")), new Probe("part")),
        new Part(new Inner(2, new Probe("innerTerm")), new Probe("term")),
        List.of(item("a"), item("b"), item("c")),
        List.of(item("d"), item("e")),
        Map.of("f", inner("f"), "g", inner("g")));
  }

  private static Inner inner(String name) {
    return new Inner(3, new Probe(name));
  }

  private static Item item(String id) {
    return new Item(id, inner(id));
  }

  @BeforeEach
  void readItBack() {
    stored = MemoryState.of(STATES, STATES.freeze(null, state()));
    before = stored.read(STATES);
    assertThat(looked(before)).as("nothing is looked at by reading").isEmpty();
  }

  /** The probes of a state that were looked at. */
  private static List<String> looked(State state) {
    return Stream.of(
            Stream.of(state.alone()),
            Stream.of(state.record(), state.term())
                .flatMap(it -> Stream.of(it.inner().probe(), it.probe())),
            Stream.concat(state.items().stream(), state.termItems().stream())
                .map(it -> it.inner().probe()),
            state.entries().values().stream().map(Inner::probe))
        .flatMap(it -> it)
        .filter(it -> it.takeLooks() > 0)
        .map(Probe::toString)
        .toList();
  }

  /** Freezes and writes a change as a round does; says what was looked at. */
  private List<String> change(State after) {
    State frozen = STATES.freeze(before, after);
    stored.write(STATES, before, frozen);
    List<String> looked = Stream.concat(looked(before).stream(), looked(frozen).stream()).toList();
    assertThat(stored.read(STATES)).isEqualTo(frozen);
    before = frozen;
    looked(before);
    return looked;
  }

  @Test
  void nothingIsLookedAtWhereNothingChanged() {
    assertThat(change(before)).isEmpty();
    assertThat(
            change(
                new State(
                    2,
                    before.alone(),
                    before.record(),
                    before.term(),
                    before.items(),
                    before.termItems(),
                    before.entries())))
        .isEmpty();
  }

  @Test
  void insideARecordOnlyWhatIsNewIsLookedAt() {
    Part part = new Part(before.record().inner(), new Probe("new"));
    assertThat(
            change(
                new State(
                    1,
                    before.alone(),
                    part,
                    before.term(),
                    before.items(),
                    before.termItems(),
                    before.entries())))
        .containsOnly("part", "new");
  }

  @Test
  void insideAListOnlyWhatIsNewOrMovedIsLookedAt() {
    List<Item> items = new ArrayList<>(before.items());
    items.set(1, new Item("b", new Inner(4, new Probe("new"))));
    items.add(items.removeFirst());
    assertThat(
            change(
                new State(
                    1,
                    before.alone(),
                    before.record(),
                    before.term(),
                    items,
                    before.termItems(),
                    before.entries())))
        .containsOnly("a", "b", "new");
  }

  @Test
  void insideAMapOnlyWhatIsNewIsLookedAt() {
    Map<String, Inner> entries = new HashMap<>(before.entries());
    entries.put("g", new Inner(requireNonNull(entries.get("g")).number(), new Probe("new")));
    entries.put("h", inner("h"));
    assertThat(
            change(
                new State(
                    1,
                    before.alone(),
                    before.record(),
                    before.term(),
                    before.items(),
                    before.termItems(),
                    entries)))
        .containsOnly("g", "new", "h");
  }

  @Test
  void aTermThatChangesIsLookedAtAsAWhole() {
    Part part = new Part(before.term().inner(), new Probe("new"));
    assertThat(
            change(
                new State(
                    1,
                    before.alone(),
                    before.record(),
                    part,
                    before.items(),
                    before.termItems(),
                    before.entries())))
        .contains("innerTerm", "term", "new")
        .doesNotContain("alone", "inner", "part", "a", "d", "f");
  }
}
