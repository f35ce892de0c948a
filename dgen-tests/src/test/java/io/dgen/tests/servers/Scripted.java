package io.dgen.tests.servers;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.Info;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/**
 * For what callbacks do with their context: they do what the test says, and note what came of it.
 */
@DistributedServer
public interface Scripted {

  record State(List<String> got) {}

  record Note(String what) implements Cast {}

  record Act(String script) implements Cast {}

  record Ask(String script) implements Call<String> {}

  /** Changes nothing in the state. */
  record Look(String script) implements Call<String> {}

  record Poke(String script) implements Info {}

  record Got() implements Call<List<String>> {}

  record Carry(byte[] load) implements Cast {}

  /** Does something in the transaction of the callback. */
  String act(String script, Context context);

  default State init() {
    return new State(List.of());
  }

  default State handleCast(Note message, State state) {
    return with(state, message.what());
  }

  default State handleCast(Carry message, State state) {
    return with(state, message.load().length + " bytes");
  }

  default State handleCast(Act message, State state, Context context) {
    return with(state, act(message.script(), context));
  }

  default Reply<String, State> handleCall(Ask message, State state, Context context) {
    String result = act(message.script(), context);
    return reply(result, with(state, result));
  }

  default String handleCall(Look message, State state, Context context) {
    return act(message.script(), context);
  }

  default State handleInfo(Poke message, State state, Context context) {
    return with(state, act(message.script(), context));
  }

  default List<String> handleCall(Got message, State state) {
    return state.got();
  }

  private static State with(State state, String what) {
    List<String> got = new ArrayList<>(state.got());
    got.add(what);
    return new State(got);
  }
}
