package io.dgen.tests.servers;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Reply;
import io.dgen.annotations.Default;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Renamed;
import io.dgen.annotations.Term;
import java.util.List;
import java.util.Map;

/**
 * For renamed parts: what {@link OldHouse} was, under new names of components, messages and
 * constants.
 */
@DistributedServer
public interface House {

  enum Color {
    GREEN,
    @Renamed({"ROSSO", "ROUGE"})
    RED
  }

  record Place(@Renamed("town") String city, @Default("IT") String country) {}

  record Chamber(String id, @Renamed("size") int area, @Renamed("walls") Color color) {}

  record State(
      @Renamed({"title", "label"}) String name,
      @Renamed("colour") Color color,
      @Renamed("home") Place address,
      @Renamed("rooms") List<Chamber> chambers,
      Map<Color, Integer> pots,
      @Renamed("office") @Term Place work,
      @Default("spare()") Place other) {

    static Place spare() {
      return new Place("Pisa", "IT");
    }
  }

  @Renamed({"Brush", "Paint"})
  record Recolor(@Renamed("colour") Color color, @Renamed("room") String name) implements Cast {}

  record Sell(Place to) implements Call<Color> {}

  record Move(String city) implements Cast {}

  record Show() implements Call<State> {}

  State init();

  default State handleCast(Recolor message, State state) {
    return new State(
        message.name(),
        message.color(),
        state.address(),
        state.chambers(),
        state.pots(),
        state.work(),
        state.other());
  }

  default State handleCast(Move message, State state) {
    return new State(
        state.name(),
        state.color(),
        state.address(),
        state.chambers(),
        state.pots(),
        state.work(),
        new Place(message.city(), state.other().country()));
  }

  default Reply<Color, State> handleCall(Sell message, State state) {
    return reply(
        state.color(),
        new State(
            state.name(),
            state.color(),
            message.to(),
            state.chambers(),
            state.pots(),
            state.work(),
            state.other()));
  }

  default Reply<State, State> handleCall(Show message, State state) {
    return reply(state, state);
  }
}
