package io.dgen.tests.servers;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/** What {@link Lessons} was before: a node of an older version. */
@DistributedServer(name = "Lessons")
public interface OldLessons {

  record State(List<String> learned) {}

  enum Level {
    EASY
  }

  record Learn(String what, Level level) implements Cast {}

  record Learned() implements Call<List<String>> {}

  default State init() {
    return new State(List.of());
  }

  default State handleCast(Learn message, State state) {
    List<String> longer = new ArrayList<>(state.learned());
    longer.add(message.what());
    return new State(longer);
  }

  default List<String> handleCall(Learned message, State state) {
    return state.learned();
  }
}
