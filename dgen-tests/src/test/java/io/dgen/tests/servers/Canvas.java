package io.dgen.tests.servers;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/**
 * For a server that learned more: what {@link OldCanvas} was, with a new constant and a new
 * variant.
 */
@DistributedServer
public interface Canvas {

  enum Color {
    RED,
    BLUE
  }

  sealed interface Figure {}

  record Circle(int radius) implements Figure {}

  record Star(int points) implements Figure {}

  record State(Color background, List<Figure> figures) {}

  record Fill(Color color) implements Cast {}

  record Draw(Figure figure) implements Cast {}

  record Show() implements Call<String> {}

  default State init() {
    return new State(Color.RED, List.of());
  }

  default State handleCast(Fill message, State state) {
    return new State(message.color(), state.figures());
  }

  default State handleCast(Draw message, State state) {
    List<Figure> more = new ArrayList<>(state.figures());
    more.add(message.figure());
    return new State(state.background(), more);
  }

  default String handleCall(Show message, State state) {
    return state.background() + " " + state.figures();
  }
}
