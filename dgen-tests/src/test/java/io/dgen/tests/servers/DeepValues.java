package io.dgen.tests.servers;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Term;
import java.util.List;

/** For what cannot be written: states and replies that are nested deeper than a term may be. */
@DistributedServer
public interface DeepValues {

  record State(@Term Nest nest) {}

  record Nest(List<Nest> inner) {}

  record Grow(int depth) implements Cast {}

  record Show(int depth) implements Call<Nest> {}

  record Depth() implements Call<Integer> {}

  default State init() {
    return new State(nest(0));
  }

  default State handleCast(Grow message, State state) {
    return new State(nest(message.depth()));
  }

  default Reply<Nest, State> handleCall(Show message, State state) {
    return reply(nest(message.depth()), new State(nest(1)));
  }

  default Integer handleCall(Depth message, State state) {
    int depth = 0;
    Nest nest = state.nest();
    while (!nest.inner().isEmpty()) {
      nest = nest.inner().getFirst();
      depth++;
    }
    return depth;
  }

  private static Nest nest(int depth) {
    Nest nest = new Nest(List.of());
    for (int i = 0; i < depth; i++) {
      nest = new Nest(List.of(nest));
    }
    return nest;
  }
}
