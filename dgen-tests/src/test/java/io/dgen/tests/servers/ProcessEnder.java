package io.dgen.tests.servers;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/** For crashes: one of its messages ends the process. */
@DistributedServer
public interface ProcessEnder {

  record State(List<String> done) {}

  record Work(String name) implements Cast {}

  record Fatal() implements Cast {}

  record Done() implements Call<List<String>> {}

  /** Told of each run of a callback, before it does anything. */
  void began(Context context, String name);

  /** Does not return. */
  void blow(Context context);

  default State init() {
    return new State(List.of());
  }

  default State handleCast(Work message, State state, Context context) {
    began(context, message.name());
    List<String> done = new ArrayList<>(state.done());
    done.add(message.name());
    return new State(done);
  }

  default State handleCast(Fatal message, State state, Context context) {
    began(context, "fatal");
    blow(context);
    return state;
  }

  default List<String> handleCall(Done message, State state) {
    return state.done();
  }
}
