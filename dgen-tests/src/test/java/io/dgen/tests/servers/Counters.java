package io.dgen.tests.servers;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.annotations.DistributedServer;

/** For anything that needs no more than a number: it counts, as the example does. */
@DistributedServer
public interface Counters {

  record State(long value) {}

  record Add(long by) implements Cast {}

  record Value() implements Call<Long> {}

  default State init() {
    return new State(0);
  }

  default State handleCast(Add message, State state) {
    return new State(state.value() + message.by());
  }

  default Long handleCall(Value message, State state) {
    return state.value();
  }
}
