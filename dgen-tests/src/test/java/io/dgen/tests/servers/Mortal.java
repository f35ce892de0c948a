package io.dgen.tests.servers;

import static io.dgen.Results.reply;
import static io.dgen.Results.stop;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.CastResult;
import io.dgen.Context;
import io.dgen.Info;
import io.dgen.Reply;
import io.dgen.StopReason;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/**
 * For dead letters and pauses: its messages fail as often as they say, and its state tells what
 * became of them.
 */
@DistributedServer
public interface Mortal {

  record State(List<String> done, List<String> buried) {}

  record Work(String name, int failures) implements Cast {}

  record Task(String name, int failures) implements Call<Integer> {}

  /** Stops, and is done all the same. */
  record Quit(String why, boolean abnormal) implements Cast {}

  record Nudge(String name) implements Info {}

  record Read() implements Call<State> {}

  /** Told of each run of a callback for a message, and may throw. */
  void ran(String name, Context context);

  /** Told of each run of a callback for a dead letter, and may throw. */
  void buries(String name, Context context);

  default State init() {
    return new State(List.of(), List.of());
  }

  default State handleCast(Work message, State state, Context context) {
    return tried(message.name(), message.failures(), state, context);
  }

  default Reply<Integer, State> handleCall(Task message, State state, Context context) {
    State next = tried(message.name(), message.failures(), state, context);
    return reply(context.attempt(), next);
  }

  default CastResult<State> handleCast(Quit message, State state) {
    StopReason reason = message.abnormal() ? StopReason.abnormal(message.why()) : StopReason.NORMAL;
    return stop(reason, with(state, message.why()));
  }

  default State handleInfo(Nudge message, State state, Context context) {
    return tried(message.name(), 0, state, context);
  }

  default Reply<State, State> handleCall(Read message, State state) {
    return reply(state, state);
  }

  default State handleDeadLetter(Work message, State state, Context context) {
    State next = new State(state.done(), and(state.buried(), message.name()));
    buries(message.name(), context);
    return next;
  }

  private State tried(String name, int failures, State state, Context context) {
    ran(name, context);
    if (context.attempt() <= failures) {
      throw new IllegalStateException("attempt " + context.attempt() + " of " + name);
    }
    return with(state, name);
  }

  private static State with(State state, String name) {
    return new State(and(state.done(), name), state.buried());
  }

  private static List<String> and(List<String> names, String name) {
    List<String> longer = new ArrayList<>(names);
    longer.add(name);
    return longer;
  }
}
