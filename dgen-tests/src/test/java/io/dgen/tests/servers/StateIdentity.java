package io.dgen.tests.servers;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;

/**
 * For the cache of states: it tells the test which instance it works on, a remembered or a read
 * one.
 */
@DistributedServer
public interface StateIdentity {

  record State(String text) {}

  record Write(String text) implements Cast {}

  record Length() implements Call<Integer> {}

  /** A callback got this state. */
  void got(State state);

  /** A callback made this state. */
  void made(State state);

  default State init() {
    return new State("");
  }

  default State handleCast(Write message, State state) {
    got(state);
    State next = new State(message.text());
    made(next);
    return next;
  }

  default Integer handleCall(Length message, State state) {
    got(state);
    return state.text().length();
  }
}
