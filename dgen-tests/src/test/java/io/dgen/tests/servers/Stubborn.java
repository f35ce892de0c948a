package io.dgen.tests.servers;

import static io.dgen.Results.lock;
import static io.dgen.Results.reply;
import static io.dgen.Results.unlock;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.Lock;
import io.dgen.LockedResult;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/** For how long messages are tried: a test decides which attempts fail, and the state tells. */
@DistributedServer
public interface Stubborn {

  record State(List<String> done, List<String> buried) {}

  record Work(String name) implements Cast {}

  record Task(String name) implements Call<Integer> {}

  /** Works under the lock. */
  record Haul(String name) implements Call<Integer> {}

  record Read() implements Call<State> {}

  /** Told of each attempt, and may throw: the name of the callback, and of the message. */
  void attempt(String callback, String name, Context context);

  default State init() {
    return new State(List.of(), List.of());
  }

  default State handleCast(Work message, State state, Context context) {
    attempt("handleCast", message.name(), context);
    return done(state, message.name());
  }

  default Reply<Integer, State> handleCall(Task message, State state, Context context) {
    attempt("handleCall", message.name(), context);
    return reply(context.attempt(), done(state, message.name()));
  }

  default Lock<Integer, State> handleCall(Haul message, State state, Context context) {
    attempt("handleCall", message.name(), context);
    return lock(state);
  }

  default LockedResult<Integer, State> handleLocked(Haul message, State state, Context context) {
    attempt("handleLocked", message.name(), context);
    return unlock(context.attempt(), now -> done(now, message.name()));
  }

  default Reply<State, State> handleCall(Read message, State state) {
    return reply(state, state);
  }

  default State handleDeadLetter(Work message, State state) {
    return buried(state, message.name());
  }

  default State handleDeadLetter(Task message, State state) {
    return buried(state, message.name());
  }

  default State handleDeadLetter(Haul message, State state) {
    return buried(state, message.name());
  }

  private static State done(State state, String name) {
    return new State(and(state.done(), name), state.buried());
  }

  private static State buried(State state, String name) {
    return new State(state.done(), and(state.buried(), name));
  }

  private static List<String> and(List<String> names, String name) {
    List<String> longer = new ArrayList<>(names);
    longer.add(name);
    return longer;
  }
}
