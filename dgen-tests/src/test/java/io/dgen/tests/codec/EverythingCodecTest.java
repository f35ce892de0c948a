package io.dgen.tests.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dgen.codec.CodecException;
import io.dgen.codec.TermCodec;
import io.dgen.generated.MessageCodec;
import io.dgen.generated.MessageKind;
import io.dgen.generated.codec.StateCodec;
import io.dgen.generated.codec.StateSource;
import io.dgen.internal.term.Terms;
import io.dgen.store.KeyValue;
import io.dgen.tests.codec.Everything.Collections;
import io.dgen.tests.codec.Everything.Color;
import io.dgen.tests.codec.Everything.Deep;
import io.dgen.tests.codec.Everything.Empty;
import io.dgen.tests.codec.Everything.Primitives;
import io.dgen.tests.codec.Everything.State;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EverythingCodecTest {

  private static final StateCodec<State> STATES = EverythingCodec.STATES;
  private static final MessageCodec<EverythingMessage> MESSAGES = EverythingCodec.MESSAGES;

  /** Equal, and in the same order, which equals does not see in sets and maps. */
  private static void assertSame(Object actual, Object expected) {
    assertThat(actual).isEqualTo(expected).hasToString(expected.toString());
  }

  private static EverythingMessage roundTrip(EverythingMessage message) {
    byte[] bytes = Terms.encode(out -> MESSAGES.write(message, out));
    return Terms.decode(bytes, in -> MESSAGES.read(MESSAGES.name(message), in));
  }

  @Test
  void aStateComesBackFromItsKeys() {
    Samples samples = new Samples(1);
    for (int i = 0; i < 300; i++) {
      State state = STATES.freeze(null, i == 0 ? Samples.EMPTY : samples.state());
      MemoryState memory = MemoryState.of(STATES, state);
      StateSource source = memory.source();
      assertSame(STATES.read(source), state);
      assertThat(source.isOutdated()).isFalse();
      assertThat(MemoryState.of(STATES, memory.read(STATES))).isEqualTo(memory);
    }
  }

  @Test
  void aDifferenceLeavesTheSameKeysAsAFullWrite() {
    Samples samples = new Samples(2);
    State before = samples.state();
    MemoryState memory = MemoryState.of(STATES, before);
    for (int i = 0; i < 1_000; i++) {
      State after = i % 10 == 0 ? samples.state() : samples.edit(before);
      memory.write(STATES, before, after);
      assertThat(memory).isEqualTo(MemoryState.of(STATES, after));
      before = i % 3 == 0 ? memory.read(STATES) : STATES.freeze(before, after);
    }
  }

  @Test
  void nothingIsWrittenWhenStatesAreEqual() {
    Samples samples = new Samples(3);
    for (int i = 0; i < 100; i++) {
      State state = samples.state();
      MemoryState memory = MemoryState.of(STATES, state);
      State copy = memory.read(STATES);
      assertThat(memory.write(STATES, state, copy)).isEmpty();
      assertThat(memory.write(STATES, state, state)).isEmpty();
    }
  }

  @Test
  void onlyTheKeysOfWhatChangedAreWritten() {
    MemoryState memory = MemoryState.of(STATES, Samples.EMPTY);
    assertThat(memory.paths())
        .hasSize(9 + 8 + 6 + 1 + 1 + 8 + 1)
        .contains("[primitives, l, 0]", "[empty, 0]", "[deep, 0]", "[count, 0]");
    State a = Samples.EMPTY;
    State b = with(a, 5);
    assertThat(memory.write(STATES, a, b)).containsExactly("set [count, 0]");
    State c = with(b, new Deep(null, null));
    assertThat(memory.write(STATES, b, c))
        .containsExactly("clear [deep]", "set [deep, deeper, 0]", "set [deep, empty, 0]");
    State d = with(c, new Deep(null, new Empty()));
    assertThat(memory.write(STATES, c, d)).containsExactly("set [deep, empty, 0]");
    State e = with(d, (Deep) null);
    assertThat(memory.write(STATES, d, e)).containsExactly("clear [deep]", "set [deep, 0]");
    Primitives p = e.primitives();
    State f =
        new State(
            new Primitives(p.flag(), p.b(), p.s(), p.i(), p.l(), p.c(), -0f, p.d(), new byte[] {1}),
            e.boxes(),
            e.values(),
            e.empty(),
            e.deep(),
            e.collections(),
            e.count());
    assertThat(memory.write(STATES, e, f))
        .containsExactly("set [primitives, f, 0]", "set [primitives, bytes, 0]");
    assertSame(memory.read(STATES), f);
  }

  private static State with(State state, int count) {
    return new State(
        state.primitives(),
        state.boxes(),
        state.values(),
        state.empty(),
        state.deep(),
        state.collections(),
        count);
  }

  private static State with(State state, @Nullable Deep deep) {
    return new State(
        state.primitives(),
        state.boxes(),
        state.values(),
        state.empty(),
        deep,
        state.collections(),
        state.count());
  }

  private static Everything.Find find(List<UUID> ids) {
    return new Everything.Find(ids, "x", 1, 2);
  }

  @Test
  void everyMessageComesBack() {
    Samples samples = new Samples(4);
    for (int i = 0; i < 100; i++) {
      EverythingMessage replace =
          new EverythingMessage.Replace(new Everything.Replace(samples.state()));
      assertSame(roundTrip(replace), replace);
    }
    for (EverythingMessage message :
        List.of(
            new EverythingMessage.Names(new Everything.Names(1, 2, 3, 4, 5, 6, List.of(7))),
            new EverythingMessage.Nothing(new Everything.Nothing()),
            new EverythingMessage.Get(new Everything.Get(Optional.of(3))),
            new EverythingMessage.Find(find(List.of(new UUID(1, 2)))),
            new EverythingMessage.Touch(new Everything.Touch()))) {
      assertThat(roundTrip(message)).isEqualTo(message);
      assertThat(MESSAGES.name(message)).isEqualTo(message.getClass().getSimpleName());
    }
  }

  @Test
  void aMessageHasItsKindAndACallItsReply() {
    EverythingMessage find = new EverythingMessage.Find(find(List.of()));
    EverythingMessage touch = new EverythingMessage.Touch(new Everything.Touch());
    EverythingMessage nothing = new EverythingMessage.Nothing(new Everything.Nothing());
    assertThat(MESSAGES.kind(find)).isEqualTo(MessageKind.CALL);
    assertThat(MESSAGES.kind(nothing)).isEqualTo(MessageKind.INFO);
    assertThat(MESSAGES.kind(new EverythingMessage.Replace(new Everything.Replace(Samples.EMPTY))))
        .isEqualTo(MessageKind.CAST);
    Object reply = Map.of(new UUID(1, 2), List.of(new Samples(5).values()));
    TermCodec<Object> codec = MESSAGES.replyCodec(find);
    byte[] bytes = Terms.encode(out -> codec.write(out, reply));
    assertThat(Terms.<Optional<Object>>decode(bytes, in -> Optional.ofNullable(codec.read(in))))
        .contains(reply);
    assertThat(Terms.encode(out -> MESSAGES.replyCodec(touch).write(out, null)))
        .containsExactly(0xF6);
    assertThatThrownBy(() -> MESSAGES.replyCodec(nothing))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Nothing is neither a call nor a query, and has no reply");
  }

  @Test
  void anUnknownMessageIsAnError() {
    byte[] bytes = Terms.encode(out -> out.writeNull());
    assertThatThrownBy(() -> Terms.<Object>decode(bytes, in -> MESSAGES.read("Vanish", in)))
        .isInstanceOf(CodecException.class)
        .hasMessageContaining(
            ": no message record named Vanish in server Everything; is this node older than the"
                + " sender?");
    assertThatThrownBy(() -> Terms.<Object>decode(bytes, in -> MESSAGES.read("Get", in)))
        .isInstanceOf(CodecException.class);
  }

  @Test
  void aMessageIsCopiedOnlyIfItCanChange() {
    EverythingMessage get = new EverythingMessage.Get(new Everything.Get(Optional.of(1)));
    assertThat(MESSAGES.freeze(get)).isSameAs(get);
    List<UUID> ids = new ArrayList<>(List.of(new UUID(0, 0)));
    EverythingMessage find = new EverythingMessage.Find(find(ids));
    EverythingMessage frozen = MESSAGES.freeze(find);
    ids.clear();
    assertThat(frozen).isEqualTo(new EverythingMessage.Find(find(List.of(new UUID(0, 0)))));
    assertThat(MESSAGES.freeze(frozen)).isSameAs(frozen);
  }

  @Test
  void aStateIsFrozenWhereItDiffersFromTheOneBefore() {
    State mutable = new Samples(6).state();
    State frozen = STATES.freeze(null, mutable);
    assertThat(frozen).isEqualTo(mutable);
    assertThat(frozen).isNotSameAs(mutable);
    assertThat(STATES.freeze(frozen, frozen)).isSameAs(frozen);
    State next = with(frozen, 77);
    assertThat(STATES.freeze(frozen, next)).isSameAs(next);
    mutable.collections().strings().add("changed in place");
    assertThat(frozen.collections().strings()).doesNotContain("changed in place");
    assertThatThrownBy(() -> frozen.collections().strings().add("x"))
        .isInstanceOf(UnsupportedOperationException.class);
    byte[] bytes = mutable.primitives().bytes();
    assertThat(frozen.primitives().bytes()).isEqualTo(bytes);
    if (bytes.length > 0) {
      assertThat(frozen.primitives().bytes()).isNotSameAs(bytes);
    }
  }

  @Test
  void aReorderIsWritten() {
    Collections none = Samples.EMPTY.collections();
    State before = withColors(none, new LinkedHashSet<>(List.of(Color.RED, Color.GREEN)));
    State after = withColors(none, new LinkedHashSet<>(List.of(Color.GREEN, Color.RED)));
    MemoryState memory = MemoryState.of(STATES, before);
    assertThat(memory.write(STATES, before, after)).containsExactly("set [collections, colors, 0]");
    assertThat(memory.read(STATES).collections().colors()).containsExactly(Color.GREEN, Color.RED);
  }

  private static State withColors(Collections none, Set<Color> colors) {
    State it = Samples.EMPTY;
    return new State(
        it.primitives(),
        it.boxes(),
        it.values(),
        it.empty(),
        it.deep(),
        new Collections(
            none.strings(),
            colors,
            none.byName(),
            none.byColor(),
            none.byId(),
            none.pairs(),
            none.maybe(),
            none.twice()),
        it.count());
  }

  @Test
  void damagedStatesEndInAStateOrACodecException() {
    Random random = new Random(7);
    Samples samples = new Samples(7);
    int refused = 0;
    for (int i = 0; i < 10_000; i++) {
      StateSource sound = MemoryState.of(STATES, samples.state()).source();
      List<KeyValue> pairs = new ArrayList<>(sound.pairs());
      int at = random.nextInt(pairs.size());
      KeyValue pair = pairs.get(at);
      boolean inKey = random.nextInt(4) == 0;
      byte[] bytes = (inKey ? pair.key() : pair.value()).clone();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
      pairs.set(at, inKey ? new KeyValue(bytes, pair.value()) : new KeyValue(pair.key(), bytes));
      try {
        STATES.read(new StateSource(sound.prefixLength(), pairs));
      } catch (CodecException e) {
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 9_999);
  }
}
