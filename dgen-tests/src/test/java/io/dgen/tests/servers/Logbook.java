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

/** For delivery and order in the simulation: its state is the history of what came. */
@DistributedServer
public interface Logbook {

  record State(List<Entry> entries) {}

  /** The {@code number}th message of a sender, tried {@code attempt} times. */
  record Entry(int sender, int number, int attempt) {}

  record Note(int sender, int number, int failures) implements Cast {}

  record Ask(int sender, int number, int failures) implements Call<Integer> {}

  record Tell(int sender, int number) implements Info {}

  record Read() implements Call<List<Entry>> {}

  default State init() {
    return new State(List.of());
  }

  default State handleCast(Note message, State state, Context context) {
    return added(message.sender(), message.number(), message.failures(), state, context);
  }

  /** Replies with the place of the message. */
  default Reply<Integer, State> handleCall(Ask message, State state, Context context) {
    return reply(
        state.entries().size(),
        added(message.sender(), message.number(), message.failures(), state, context));
  }

  default State handleInfo(Tell message, State state, Context context) {
    return added(message.sender(), message.number(), 0, state, context);
  }

  default List<Entry> handleCall(Read message, State state) {
    return state.entries();
  }

  private static State added(int sender, int number, int failures, State state, Context context) {
    if (context.attempt() <= failures) {
      throw new IllegalStateException("attempt " + context.attempt() + " fails");
    }
    List<Entry> entries = new ArrayList<>(state.entries());
    entries.add(new Entry(sender, number, context.attempt()));
    return new State(entries);
  }
}
