package io.dgen.tests.servers;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;
import java.util.Optional;

/** For a changed schema: what {@link OldProfile} was, without one component and with a new one. */
@DistributedServer
public interface Profile {

  record State(String name, int visits, Optional<String> mail) {}

  record Visit() implements Cast {}

  record Show() implements Call<String> {}

  default State init() {
    return new State("nobody", 0, Optional.empty());
  }

  default State handleCast(Visit message, State state) {
    return new State(state.name(), state.visits() + 1, state.mail());
  }

  default String handleCall(Show message, State state) {
    return state.toString();
  }
}
