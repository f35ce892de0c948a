package io.dgen.tests.servers;

import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/** For lists: its state is one whose items keep their places in the store. */
@DistributedServer
public interface ItemList {

  record State(List<Coat> coats) {}

  record Coat(String id) {}

  record Hang(int place, String coat) implements Cast {}

  record Take(String coat) implements Cast {}

  default State init() {
    return new State(List.of());
  }

  default State handleCast(Hang message, State state) {
    List<Coat> coats = new ArrayList<>(state.coats());
    coats.add(message.place(), new Coat(message.coat()));
    return new State(coats);
  }

  default State handleCast(Take message, State state) {
    List<Coat> coats = new ArrayList<>(state.coats());
    coats.remove(new Coat(message.coat()));
    return new State(coats);
  }
}
