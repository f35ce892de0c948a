package io.dgen.tests.servers;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/** The server that was {@link Novice}: it has a new message, and an enum has a new constant. */
@DistributedServer
public interface Adept {

  record State(List<String> learned) {}

  enum Level {
    EASY,
    HARD
  }

  record Learn(String what, Level level) implements Cast {}

  record Fail(String what) implements Cast {}

  record Study(String what) implements Cast {}

  record Learned() implements Call<List<String>> {}

  default State init() {
    return new State(List.of());
  }

  default State handleCast(Learn message, State state) {
    return with(state, message.what());
  }

  default State handleCast(Fail message, State state) {
    throw new IllegalStateException("cannot learn " + message.what());
  }

  default State handleCast(Study message, State state) {
    return with(state, message.what());
  }

  default List<String> handleCall(Learned message, State state) {
    return state.learned();
  }

  private static State with(State state, String what) {
    List<String> longer = new ArrayList<>(state.learned());
    longer.add(what);
    return new State(longer);
  }
}
