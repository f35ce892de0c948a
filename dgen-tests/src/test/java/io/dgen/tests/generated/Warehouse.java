package io.dgen.tests.generated;

import static io.dgen.Results.noReply;
import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.CastResult;
import io.dgen.Context;
import io.dgen.Info;
import io.dgen.NoReply;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Every component type, every way to return, all callbacks in the interface. */
@DistributedServer(name = "warehouse v1")
interface Warehouse {

  enum Unit {
    PIECE,
    KILO
  }

  record Item(UUID id, String name, Optional<BigDecimal> price, Unit unit) {}

  record Sizes(boolean fits, byte b, short s, int i, long l, char c, float f, double d) {}

  record Boxed(Boolean fits, Byte b, Short s, Integer i, Long l, Character c, Float f, Double d) {}

  record State(
      Map<UUID, Item> items,
      List<String> log,
      Set<Unit> units,
      Optional<Instant> last,
      Duration open,
      Sizes sizes) {}

  record Put(Item item) implements Cast {}

  record Measure(Sizes sizes, Boxed boxed) implements Cast {}

  @SuppressWarnings("ArrayRecordComponent") // It is a type that we support.
  record Print(byte... label) implements Info {}

  record Note(String text) implements Cast {}

  record Count() implements Call<Integer> {}

  record Find(UUID id) implements Call<Optional<Item>> {}

  record Take(UUID id) implements Call<Boolean> {}

  record Prices(Map<Unit, List<Optional<Long>>> of) implements Call<Map<Unit, Set<String>>> {}

  record Sync() implements Call<Void> {}

  default State init(Context context) {
    return new State(
        Map.of(),
        List.of(),
        Set.of(),
        Optional.of(context.now()),
        Duration.ofHours(8),
        new Sizes(false, (byte) 0, (short) 0, 0, 0, 'a', 0, 0));
  }

  default State handleCast(Put message, State state) {
    Map<UUID, Item> items = new HashMap<>(state.items());
    items.put(message.item().id(), message.item());
    Set<Unit> units = new HashSet<>(state.units());
    units.add(message.item().unit());
    return new State(items, state.log(), units, state.last(), state.open(), state.sizes());
  }

  default NoReply<State> handleCast(State state, Measure message) {
    return noReply(
        new State(
            state.items(),
            state.log(),
            state.units(),
            state.last(),
            state.open(),
            message.sizes()));
  }

  default CastResult<State> handleCast(Context context, State state, Note message) {
    List<String> log = new ArrayList<>(state.log());
    log.add(context.id() + " " + message.text());
    return noReply(
        new State(
            state.items(),
            log,
            state.units(),
            Optional.of(context.now()),
            state.open(),
            state.sizes()));
  }

  default State handleInfo(Print message, Context context, State state) {
    List<String> log = new ArrayList<>(state.log());
    log.add("label of " + message.label().length);
    return new State(state.items(), log, state.units(), state.last(), state.open(), state.sizes());
  }

  default int handleCall(Count message, State state) {
    return state.items().size();
  }

  default Optional<Item> handleCall(Find message, State state) {
    return Optional.ofNullable(state.items().get(message.id()));
  }

  default Reply<Boolean, State> handleCall(State state, Take message) {
    Map<UUID, Item> items = new HashMap<>(state.items());
    boolean taken = items.remove(message.id()) != null;
    return reply(
        taken,
        new State(items, state.log(), state.units(), state.last(), state.open(), state.sizes()));
  }

  default Map<Unit, Set<String>> handleCall(Prices message, State state) {
    Map<Unit, Set<String>> prices = new HashMap<>();
    message.of().forEach((unit, list) -> prices.put(unit, Set.of(list.toString())));
    return prices;
  }

  default Reply<Void, State> handleCall(Sync message, State state) {
    return reply(null, state);
  }
}
