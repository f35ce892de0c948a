package io.dgen.tests.servers;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.Reply;
import io.dgen.annotations.ClientName;
import io.dgen.annotations.DistributedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Its messages are called as what is done to entities, as keywords, and as methods of objects. */
@DistributedServer
public interface AwkwardNames {

  record State(List<String> seen) {}

  record Pause(String why) implements Cast {}

  record Reset() implements Cast {}

  record Of(String what) implements Cast {}

  record Wait(String what) implements Cast {}

  /** Three texts in a row. */
  record Move(String what, String from, String to) implements Cast {}

  @ClientName("create")
  record New(String what) implements Cast {}

  @ClientName("raise")
  record Throw() implements Call<Boolean> {}

  record Status() implements Call<List<String>> {}

  /** Sends to another entity, as records, now and later. */
  record Forward(String to, Move move) implements Cast {}

  default State init() {
    return new State(List.of());
  }

  default State handleCast(Pause message, State state) {
    return seen(state, "pause " + message.why());
  }

  default State handleCast(Reset message, State state) {
    return seen(state, "reset");
  }

  default State handleCast(Of message, State state) {
    return seen(state, "of " + message.what());
  }

  default State handleCast(Wait message, State state) {
    return seen(state, "wait " + message.what());
  }

  default State handleCast(Move message, State state) {
    return seen(
        state, "move " + message.what() + " from " + message.from() + " to " + message.to());
  }

  default State handleCast(New message, State state) {
    return seen(state, "new " + message.what());
  }

  default Reply<Boolean, State> handleCall(Throw message, State state) {
    return reply(true, seen(state, "throw"));
  }

  default List<String> handleCall(Status message, State state) {
    return state.seen();
  }

  default State handleCast(Forward message, State state, Context context) {
    AwkwardNamesClient.InTransaction to = AwkwardNamesClient.in(context, message.to());
    to.move(message.move());
    to.after(Duration.ZERO).move(message.move());
    return state;
  }

  private static State seen(State state, String what) {
    List<String> seen = new ArrayList<>(state.seen());
    seen.add(what);
    return new State(seen);
  }
}
