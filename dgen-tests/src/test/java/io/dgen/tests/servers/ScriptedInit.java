package io.dgen.tests.servers;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/** For {@code init}: it does what the test says, in the transaction that makes the entity. */
@DistributedServer
public interface ScriptedInit {

  record State(List<String> got) {}

  record Note(String what) implements Cast {}

  record Got() implements Call<List<String>> {}

  /** Does something while the entity is made. */
  void found(Context context);

  default State init(Context context) {
    found(context);
    return new State(List.of());
  }

  default State handleCast(Note message, State state) {
    List<String> got = new ArrayList<>(state.got());
    got.add(message.what());
    return new State(got);
  }

  default List<String> handleCall(Got message, State state) {
    return state.got();
  }
}
