package io.dgen.tests.servers;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Term;
import java.util.List;
import java.util.Map;

/** What {@link House} was before much of it got other names: a node of an older version. */
@DistributedServer(name = "House")
public interface OldHouse {

  enum Colour {
    ROUGE,
    GREEN
  }

  record Address(String town) {}

  record Room(String id, int size, Colour walls) {}

  record State(
      String label,
      Colour colour,
      Address home,
      List<Room> rooms,
      Map<Colour, Integer> pots,
      @Term Address office) {}

  record Paint(Colour colour, String room) implements Cast {}

  record Sell(Address to) implements Call<Colour> {}

  default State init() {
    return new State(
        "first",
        Colour.ROUGE,
        new Address("Rome"),
        List.of(new Room("hall", 20, Colour.ROUGE), new Room("bath", 5, Colour.GREEN)),
        Map.of(Colour.ROUGE, 3, Colour.GREEN, 4),
        new Address("Bonn"));
  }

  default State handleCast(Paint message, State state) {
    return new State(
        message.room(),
        message.colour(),
        state.home(),
        state.rooms(),
        state.pots(),
        state.office());
  }

  default Colour handleCall(Sell message, State state) {
    return state.colour();
  }
}
