package io.dgen.tests.servers;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Context;
import io.dgen.Info;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Term;
import io.dgen.annotations.UseCodec;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** For changes in place: its state holds mutable parts, at every place where they can be. */
@DistributedServer
public interface MutableState {

  record Block(String id, byte[] data) {}

  /** The digits of a binary number, the lowest first. */
  enum Bit {
    ONE(1),
    TWO(2),
    FOUR(4),
    EIGHT(8),
    SIXTEEN(16);

    private final int value;

    Bit(int value) {
      this.value = value;
    }
  }

  record Inner(long[] longs, double[] doubles) {}

  record State(
      byte[] bytes,
      int[] ints,
      String[] texts,
      Inner inner,
      Optional<byte[]> maybe,
      List<byte[]> list,
      Map<String, int[]> entries,
      Map<Long, List<short[]>> nested,
      List<Block> blocks,
      @UseCodec(BuilderCodec.class) StringBuilder builder,
      List<Note> notes,
      EnumSet<Bit> bits,
      EnumMap<Bit, Integer> counts,
      @Term EnumMap<Bit, int[]> arrays,
      long others) {}

  /** Changes everything in place, and returns the same state. */
  record Scratch() implements Call<String> {}

  /** The same, but for the instance of the record. */
  record ScratchAndCount() implements Call<String> {}

  /** Changes everything in place, and throws. */
  record Shatter() implements Info {}

  /** Changes the message in place, and throws the first time. */
  record Grind(byte[] data) implements Call<Integer> {}

  record Read() implements Call<String> {}

  /** Hands out what is in the state. */
  record Share() implements Call<List<byte[]>> {}

  /** Lets an action change the state in place. */
  record Later() implements Call<String> {}

  /** A mutable type, whose codec says how it is copied. */
  @UseCodec(NoteCodec.class)
  final class Note {

    private int number;

    Note(int number) {
      this.number = number;
    }
  }

  final class NoteCodec implements TermCodec<Note> {

    @Override
    public void write(TermWriter out, @Nullable Note value) {
      out.writeInt(value == null ? 0 : value.number);
    }

    @Override
    public Note read(TermReader in) {
      return new Note(in.readInt());
    }

    @Override
    public @Nullable Note freeze(@Nullable Note value) {
      return value == null ? null : new Note(value.number);
    }
  }

  /** A mutable type, whose codec does not say how it is copied. */
  final class BuilderCodec implements TermCodec<StringBuilder> {

    @Override
    public void write(TermWriter out, @Nullable StringBuilder value) {
      out.writeString(String.valueOf(value));
    }

    @Override
    public StringBuilder read(TermReader in) {
      return new StringBuilder(in.readString());
    }
  }

  default State init() {
    return new State(
        new byte[] {0},
        new int[] {0},
        new String[] {"0"},
        new Inner(new long[] {0}, new double[] {0}),
        Optional.of(new byte[] {0}),
        List.of(new byte[] {0}, new byte[] {7}),
        Map.of("a", new int[] {0}, "b", new int[] {7}),
        Map.of(1L, List.of(new short[] {0})),
        List.of(new Block("a", new byte[] {0}), new Block("b", new byte[] {7})),
        new StringBuilder("0"),
        List.of(new Note(0)),
        EnumSet.noneOf(Bit.class),
        new EnumMap<>(Map.of(Bit.ONE, 0)),
        new EnumMap<>(Map.of(Bit.TWO, new int[] {0})),
        0);
  }

  default Reply<String, State> handleCall(Scratch message, State state) {
    scratch(state);
    return reply(text(state), state);
  }

  default Reply<String, State> handleCall(ScratchAndCount message, State state) {
    scratch(state);
    State next =
        new State(
            state.bytes(),
            state.ints(),
            state.texts(),
            state.inner(),
            state.maybe(),
            state.list(),
            state.entries(),
            state.nested(),
            state.blocks(),
            state.builder(),
            state.notes(),
            state.bits(),
            state.counts(),
            state.arrays(),
            state.others() + 1);
    return reply(text(next), next);
  }

  default State handleInfo(Shatter message, State state) {
    scratch(state);
    throw new IllegalStateException("broken");
  }

  default Reply<Integer, State> handleCall(Grind message, State state, Context context) {
    message.data()[0]++;
    if (context.attempt() == 1) {
      throw new IllegalStateException("the first time");
    }
    return reply((int) message.data()[0], state);
  }

  default Reply<String, State> handleCall(Read message, State state) {
    return reply(text(state), state);
  }

  default Reply<List<byte[]>, State> handleCall(Share message, State state) {
    return reply(state.list(), state);
  }

  default Reply<String, State> handleCall(Later message, State state) {
    return reply(text(state), state).then(committed -> scratch(committed));
  }

  private static void scratch(State state) {
    state.bytes()[0]++;
    state.ints()[0]++;
    state.texts()[0] = next(state.texts()[0]);
    state.inner().longs()[0]++;
    state.inner().doubles()[0]++;
    state.maybe().orElseThrow()[0]++;
    state.list().getFirst()[0]++;
    at(state.entries())[0]++;
    state.nested().values().iterator().next().getFirst()[0]++;
    state.blocks().getFirst().data()[0]++;
    next(state.builder());
    state.notes().getFirst().number++;
    next(state.bits());
    state.counts().merge(Bit.ONE, 1, Integer::sum);
    state.arrays().values().iterator().next()[0]++;
  }

  private static int[] at(Map<String, int[]> entries) {
    int[] array = entries.get("a");
    if (array == null) {
      throw new IllegalStateException("a is gone");
    }
    return array;
  }

  private static String next(String number) {
    return String.valueOf(Integer.parseInt(number) + 1);
  }

  private static void next(EnumSet<Bit> number) {
    for (Bit bit : Bit.values()) {
      if (number.add(bit)) {
        return;
      }
      number.remove(bit);
    }
  }

  private static int number(EnumSet<Bit> bits) {
    return bits.stream().mapToInt(it -> it.value).sum();
  }

  private static void next(StringBuilder number) {
    String next = next(number.toString());
    number.setLength(0);
    number.append(next);
  }

  /** All that was changed, each as a number. */
  static String text(State state) {
    return List.of(
            state.bytes()[0],
            state.ints()[0],
            state.texts()[0],
            state.inner().longs()[0],
            (int) state.inner().doubles()[0],
            state.maybe().orElseThrow()[0],
            state.list().getFirst()[0],
            at(state.entries())[0],
            state.nested().values().iterator().next().getFirst()[0],
            state.blocks().getFirst().data()[0],
            state.builder(),
            state.notes().getFirst().number,
            number(state.bits()),
            state.counts().getOrDefault(Bit.ONE, -1),
            state.arrays().values().iterator().next()[0])
        .toString();
  }
}
