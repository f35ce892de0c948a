package io.dgen.tests.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.codec.CodecException;
import io.dgen.generated.MessageCodec;
import io.dgen.generated.codec.StateCodec;
import io.dgen.generated.codec.StateSource;
import io.dgen.internal.term.Terms;
import io.dgen.store.KeyValue;
import io.dgen.tests.codec.Forms.Added;
import io.dgen.tests.codec.Forms.Chain;
import io.dgen.tests.codec.Forms.Entry;
import io.dgen.tests.codec.Forms.Figure;
import io.dgen.tests.codec.Forms.Figure.Circle;
import io.dgen.tests.codec.Forms.Figure.Group;
import io.dgen.tests.codec.Forms.Figure.Moved;
import io.dgen.tests.codec.Forms.Figure.Point;
import io.dgen.tests.codec.Forms.Figure.Well;
import io.dgen.tests.codec.Forms.File;
import io.dgen.tests.codec.Forms.Folder;
import io.dgen.tests.codec.Forms.Pair;
import io.dgen.tests.codec.Forms.Result;
import io.dgen.tests.codec.Forms.State;
import io.dgen.tests.codec.Forms.Tree;
import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Generic, recursive and sealed types, alone and in each other. */
class FormsTest {

  private static final StateCodec<State> STATES = FormsCodec.STATES;
  private static final MessageCodec<FormsMessage> MESSAGES = FormsCodec.MESSAGES;

  private static final Figure FIGURE =
      new Moved(new Group(List.of(new Point(), new Circle(1.5), Well.DOUBLE)), 3, -4);

  static State state(@Nullable Chain chain, List<Entry<Figure>> figures, State... older) {
    return new State(
        new Pair<>("a", List.of(1L, 2L)),
        new Pair<>(new Pair<>(FIGURE, DayOfWeek.FRIDAY), Optional.of(new Chain("x", null, none()))),
        figures,
        Map.of("k", new Entry<>(7, List.of("v", "w"))),
        chain,
        new Tree<>(
            Well.UNIT,
            List.of(new Tree<>(new Circle(2), List.of(), Map.of())),
            Map.of("left", new Tree<>(new Point(), List.of(), Map.of()))),
        new Folder("/", Set.of(new File("f", List.of(new Folder("g", Set.of()))))),
        new Result.Err<>("wrong"),
        new Result.Many<>(List.of(new Result.Ok<>(1), new Result.Err<>(FIGURE))),
        List.of(new Added("it"), new Forms.Inner.Added(2)),
        Map.of(Well.UNIT, new Circle(1)),
        older.length == 0 ? Map.of() : Map.of("older", older[0]));
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }

  static final State STATE =
      state(
          new Chain("a", new Chain("b", null, none()), Optional.of(new Chain("c", null, none()))),
          List.of(new Entry<>(2, FIGURE), new Entry<>(1, Well.UNIT)));

  @Test
  void theStateComesBack() {
    for (State state : List.of(STATE, state(null, List.of()), state(null, List.of(), STATE))) {
      State frozen = STATES.freeze(null, state);
      StateSource source = MemoryState.of(STATES, frozen).source();
      assertThat(STATES.read(source)).isEqualTo(state).isEqualTo(frozen);
      assertThat(source.isOutdated()).isFalse();
    }
  }

  @Test
  void whatIsNullComesBack() {
    State state =
        new State(
            new Pair<>(null, null),
            new Pair<>(new Pair<>(null, null), null),
            List.of(),
            Map.of(),
            null,
            new Tree<>(Well.UNIT, List.of(), Map.of()),
            new Folder("/", Set.of()),
            new Result.Ok<>(1),
            new Result.Ok<>(List.of()),
            List.of(),
            Map.of(),
            Map.of());
    assertThat(MemoryState.of(STATES, state).read(STATES)).isEqualTo(state);
  }

  @Test
  void recordsOfGenericTypesAreStoredByTheirPartsAndRecursiveOnesAsTerms() {
    assertThat(MemoryState.of(STATES, STATE).paths())
        .contains(
            "[names, first, 0]",
            "[names, second, 0]",
            "[nested, first, first, 0]",
            "[nested, first, second, 0]",
            "[nested, second, 0]",
            "[entries, [k], value, 0]",
            "[chain, 0]",
            "[tree, 0]",
            "[root, 0]",
            "[result, 0]")
        .filteredOn(path -> path.startsWith("[figures"))
        .hasSize(4);
  }

  @Test
  void onlyWhatChangedIsWritten() {
    MemoryState memory = MemoryState.of(STATES, STATE);
    List<Entry<Figure>> figures = List.of(STATE.figures().get(0), new Entry<>(1, new Point()));
    State after = STATES.freeze(STATE, state(STATE.chain(), figures));
    assertThat(memory.write(STATES, STATES.freeze(null, STATE), after)).hasSize(1);
    assertThat(memory.read(STATES)).isEqualTo(after);
  }

  @Test
  void aVariantIsAMapFromItsSimpleName() {
    // {"Circle": {"radius": 1.5}} and {"Well": "DOUBLE"}
    MemoryState memory = MemoryState.of(STATES, state(null, List.of(new Entry<>(1, Well.DOUBLE))));
    assertThat(value(memory, "value")).containsExactly("\u00A1dWellfDOUBLE".getBytes(ISO_8859_1));
  }

  private static byte[] value(MemoryState memory, String component) {
    return memory.source().pairs().stream()
        .filter(it -> new String(it.key(), ISO_8859_1).contains("figures"))
        .filter(it -> new String(it.key(), ISO_8859_1).contains(component))
        .map(KeyValue::value)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void anUnknownVariantIsAnErrorWithItsPath() {
    assertThatThrownBy(() -> renamed("Circle", "Sphere"))
        .isInstanceOf(CodecException.class)
        .hasMessageStartingWith(
            "Forms.State.figures[2].value.Moved.figure.Group.members[1].Sphere: sealed"
                + " Forms.Figure has no variant Sphere; is this node older than the writer? (byte"
                + " ");
    assertThatThrownBy(() -> renamed("DOUBLE", "TRIPLE"))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(
            ": enum Forms.Figure.Well has no constant TRIPLE; is this node older than the"
                + " writer?");
  }

  @Test
  void variantsOfOneSimpleNameAreToldApart() {
    String text = MemoryState.of(STATES, STATE).toString();
    assertThat(text).contains("Forms.Added").contains("Inner.Added");
  }

  /** Reads the state with one name of the same length in place of another. */
  private static State renamed(String name, String other) {
    UnaryOperator<byte[]> rename =
        bytes -> new String(bytes, ISO_8859_1).replace(name, other).getBytes(ISO_8859_1);
    StateSource source = MemoryState.of(STATES, STATE).source();
    return STATES.read(
        new StateSource(
            source.prefixLength(),
            source.pairs().stream()
                .map(it -> new KeyValue(it.key(), rename.apply(it.value())))
                .toList()));
  }

  @Test
  void messagesAndRepliesComeBack() {
    FormsMessage find =
        new FormsMessage.Find(
            new Forms.Find(new Pair<>(FIGURE, new Tree<>(1L, List.of(), Map.of()))));
    byte[] bytes = Terms.encode(out -> MESSAGES.write(find, out));
    assertThat(Terms.<FormsMessage>decode(bytes, in -> MESSAGES.read("Find", in))).isEqualTo(find);
    byte[] reply = Terms.encode(MESSAGES.replyCodec(find), STATE.results());
    assertThat(Terms.decode(reply, MESSAGES.replyCodec(find))).isEqualTo(STATE.results());
  }

  @Test
  void whatIsInAVariantIsFrozen() {
    List<Figure> members = new ArrayList<>(List.of(new Point()));
    State mutable = state(null, List.of(new Entry<>(1, new Group(members))));
    State frozen = STATES.freeze(null, mutable);
    members.clear();
    assertThat(frozen.figures().get(0).value()).isEqualTo(new Group(List.of(new Point())));
    assertThat(STATES.freeze(null, frozen).figures().get(0)).isSameAs(frozen.figures().get(0));
  }
}
