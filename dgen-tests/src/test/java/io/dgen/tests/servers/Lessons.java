package io.dgen.tests.servers;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/**
 * For a server that learned more: what {@link OldLessons} was, with new messages and a new enum
 * constant.
 */
@DistributedServer
public interface Lessons {

  record State(List<String> learned) {}

  enum Level {
    EASY,
    HARD
  }

  record Learn(String what, Level level) implements Cast {}

  record Fail(String what) implements Cast {}

  record Study(String what) implements Cast {}

  record Exam(String what) implements Call<Integer> {}

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

  default Reply<Integer, State> handleCall(Exam message, State state) {
    State next = with(state, message.what());
    return reply(next.learned().size(), next);
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
