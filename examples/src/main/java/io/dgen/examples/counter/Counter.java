package io.dgen.examples.counter;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;

/** Counts, durably. */
@DistributedServer
public interface Counter {
  record State(long value) {} // what is stored

  record Increment(long by) implements Cast {} // a message without a reply

  record Value() implements Call<Long> {} // a message that is answered with a Long

  default State init() {
    return new State(0);
  }

  default State handleCast(Increment message, State state) {
    return new State(state.value() + message.by());
  }

  default Reply<Long, State> handleCall(Value message, State state) {
    return reply(state.value(), state);
  }
}
