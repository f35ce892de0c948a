package io.dgen.tests.servers;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/** What {@link Canvas} was before it knew more colors and figures: a node of an older version. */
@DistributedServer(name = "Canvas")
public interface OldCanvas {

  enum Color {
    RED
  }

  sealed interface Figure {}

  record Circle(int radius) implements Figure {}

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
