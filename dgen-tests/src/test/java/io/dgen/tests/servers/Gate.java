package io.dgen.tests.servers;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/** For callbacks that a test holds back: they wait until it lets them through. */
@DistributedServer
public interface Gate {

  record State(List<String> passed) {}

  record Pass(String who) implements Cast {}

  record Ask(String who) implements Call<String> {}

  /** Passes without waiting. */
  record Passed() implements Call<List<String>> {}

  /** Waits, if the test says so. */
  void enter(String who);

  default State init() {
    return new State(List.of());
  }

  default State handleCast(Pass message, State state) {
    enter(message.who());
    return with(state, message.who());
  }

  default Reply<String, State> handleCall(Ask message, State state) {
    enter(message.who());
    return reply("hello " + message.who(), with(state, message.who()));
  }

  default List<String> handleCall(Passed message, State state) {
    return state.passed();
  }

  private static State with(State state, String who) {
    List<String> passed = new ArrayList<>(state.passed());
    passed.add(who);
    return new State(passed);
  }
}
