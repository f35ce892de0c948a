package io.dgen.tests.servers;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Id;
import io.dgen.annotations.Term;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** For collections without end: its state has those that a test makes. */
@DistributedServer
public interface HostileCollections {

  record Knot(@Id String id) {}

  record State(
      List<String> list,
      List<Knot> knots,
      Set<String> set,
      Map<String, String> entries,
      @Term Map<String, String> map) {}

  record Weave(String what) implements Call<Integer> {}

  record Spin(String what) implements Call<List<String>> {}

  record Keep(List<String> items) implements Cast {}

  /** Makes the next state. */
  State weave(String what, State state);

  default State init() {
    return new State(List.of(), List.of(), Set.of(), Map.of(), Map.of());
  }

  default Reply<Integer, State> handleCall(Weave message, State state) {
    return reply(state.list().size(), weave(message.what(), state));
  }

  default List<String> handleCall(Spin message, State state) {
    return weave(message.what(), state).list();
  }

  default State handleCast(Keep message, State state) {
    return new State(message.items(), state.knots(), state.set(), state.entries(), state.map());
  }
}
