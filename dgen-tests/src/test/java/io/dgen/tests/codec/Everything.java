package io.dgen.tests.codec;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Info;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A server with every type that a component may have, and names that could clash. */
@DistributedServer
interface Everything {

  enum Color {
    RED,
    GREEN
  }

  @SuppressWarnings("ArrayRecordComponent") // It is a type that we support.
  record Primitives(
      boolean flag, byte b, short s, int i, long l, char c, float f, double d, byte[] bytes) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Primitives that && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
      return toString().hashCode();
    }

    @Override
    public String toString() {
      return List.of(flag, b, s, i, l, (int) c, f, d, HexFormat.of().formatHex(bytes)).toString();
    }
  }

  record Boxes(
      @Nullable Boolean flag,
      @Nullable Byte b,
      @Nullable Short s,
      @Nullable Integer i,
      @Nullable Long l,
      @Nullable Character c,
      @Nullable Float f,
      @Nullable Double d) {}

  record Values(
      @Nullable String text,
      @Nullable Color color,
      @Nullable UUID uuid,
      @Nullable Instant instant,
      @Nullable Duration duration,
      @Nullable BigDecimal decimal) {}

  record Empty() {}

  record Deep(@Nullable Deeper deeper, @Nullable Empty empty) {}

  record Deeper(String text, List<Values> list) {}

  record Collections(
      List<String> strings,
      Set<Color> colors,
      Map<String, Long> byName,
      Map<Color, List<Integer>> byColor,
      Map<UUID, Values> byId,
      Map<Boolean, Set<Empty>> pairs,
      Optional<Deeper> maybe,
      Optional<Optional<Integer>> twice) {}

  record State(
      Primitives primitives,
      Boxes boxes,
      Values values,
      @Nullable Empty empty,
      @Nullable Deep deep,
      Collections collections,
      int count) {}

  /** Component names that are names in generated code too. */
  record Names(int in, int out, int name, int value, int before, int after, List<Integer> m)
      implements Cast {}

  record Replace(State state) implements Cast {}

  record Nothing() implements Info {}

  record Get(Optional<Integer> revision) implements Call<State> {}

  record Find(List<UUID> ids, String LIST_OF_UUID, int TermCodecs, int FindRecord)
      implements Call<Map<UUID, List<Values>>> {}

  record Touch() implements Call<Void> {}

  default State init() {
    return Samples.EMPTY;
  }

  default State handleCast(Names message, State state) {
    return state;
  }

  default State handleCast(Replace message, State state) {
    return message.state();
  }

  default State handleInfo(Nothing message, State state) {
    return state;
  }

  default Reply<State, State> handleCall(Get message, State state) {
    return reply(state, state);
  }

  default Reply<Map<UUID, List<Values>>, State> handleCall(Find message, State state) {
    return reply(Map.of(), state);
  }

  default Reply<@Nullable Void, State> handleCall(Touch message, State state) {
    return reply(null, state);
  }
}
