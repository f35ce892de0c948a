package io.dgen.tests.servers;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/**
 * For dead letters in the simulation: its messages live, or fail for ever, and its state tells
 * which.
 */
@DistributedServer
public interface Doomed {

  record State(List<Name> living, List<Name> buried) {}

  /** The {@code number}th message of a sender. */
  record Name(int sender, int number) {}

  record Note(Name name, int failures) implements Cast {}

  record Ask(Name name, int failures) implements Call<Integer> {}

  record Read() implements Call<State> {}

  default State init() {
    return new State(List.of(), List.of());
  }

  default State handleCast(Note message, State state, Context context) {
    return lived(message.name(), message.failures(), state, context);
  }

  default Reply<Integer, State> handleCall(Ask message, State state, Context context) {
    return reply(state.living().size(), lived(message.name(), message.failures(), state, context));
  }

  default Reply<State, State> handleCall(Read message, State state) {
    return reply(state, state);
  }

  default State handleDeadLetter(Note message, State state) {
    return buried(message.name(), state);
  }

  default State handleDeadLetter(Ask message, State state) {
    return buried(message.name(), state);
  }

  /** Whether a message's burial fails. */
  static boolean isCursed(Name name) {
    return name.number() % 5 == 0;
  }

  private static State buried(Name name, State state) {
    if (isCursed(name)) {
      throw new IllegalStateException("no burial for " + name);
    }
    return new State(state.living(), and(state.buried(), name));
  }

  private static State lived(Name name, int failures, State state, Context context) {
    if (context.attempt() <= failures) {
      throw new IllegalStateException("attempt " + context.attempt() + " fails");
    }
    return new State(and(state.living(), name), state.buried());
  }

  private static List<Name> and(List<Name> names, Name name) {
    List<Name> longer = new ArrayList<>(names);
    longer.add(name);
    return longer;
  }
}
