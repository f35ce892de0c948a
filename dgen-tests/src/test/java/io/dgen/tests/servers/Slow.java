package io.dgen.tests.servers;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/** For callbacks that take a while in the simulation. */
@DistributedServer
public interface Slow {

  record State(List<String> done) {}

  record Work(String name) implements Cast {}

  record Done() implements Call<List<String>> {}

  /** Takes its time. */
  void work(String name, int attempt);

  default State init() {
    return new State(List.of());
  }

  default State handleCast(Work message, State state, Context context) {
    work(message.name(), context.attempt());
    List<String> done = new ArrayList<>(state.done());
    done.add(message.name());
    return new State(done);
  }

  default List<String> handleCall(Done message, State state) {
    return state.done();
  }
}
