package io.dgen.tests.servers;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** For idempotency keys: a message with collections of every kind, some without an order. */
@DistributedServer
public interface UnorderedValues {

  record State(int filled) {}

  record Fill(
      Set<String> names,
      Map<String, Integer> counts,
      Map<List<String>, Integer> odd,
      List<String> order)
      implements Call<Integer> {}

  default State init() {
    return new State(0);
  }

  default Reply<Integer, State> handleCall(Fill message, State state) {
    return reply(state.filled() + 1, new State(state.filled() + 1));
  }
}
