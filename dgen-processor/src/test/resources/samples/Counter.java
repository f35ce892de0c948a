package sample;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;

@DistributedServer
public interface Counter {
  record State(long value) {}

  record Increment(long by) implements Cast {}

  record Value() implements Call<Long> {}

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
