package io.dgen.tests.servers;

import static io.dgen.Results.replyLater;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.From;
import io.dgen.Reply;
import io.dgen.ReplyLater;
import io.dgen.Results;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/** For replies that come later: it keeps its callers waiting until somebody presses it. */
@DistributedServer
public interface LateAnswers {

  record State(List<Caller> waiting) {}

  record Caller(String question, From<String> from) {}

  record Ask(String question) implements Call<String> {}

  /** Is answered by the callback that puts its reply off. */
  record Buzz() implements Call<String> {}

  record Press(String answer) implements Cast {}

  /** Answers every caller twice. */
  record PressTwice(String first, String second) implements Cast {}

  record Take(Caller caller) implements Cast {}

  record Waiting() implements Call<Integer> {}

  /** Gives every caller away. */
  record HandOver() implements Call<List<Caller>> {}

  default State init() {
    return new State(List.of());
  }

  default ReplyLater<String, State> handleCall(Ask message, State state, From<String> from) {
    return replyLater(with(state, new Caller(message.question(), from)));
  }

  default ReplyLater<String, State> handleCall(
      Buzz message, State state, From<String> from, Context context) {
    context.reply(from, "buzz " + state.waiting().size());
    return replyLater(with(state, new Caller("buzz", from)));
  }

  default State handleCast(Press message, State state, Context context) {
    for (Caller caller : state.waiting()) {
      context.reply(caller.from(), caller.question() + ": " + message.answer());
    }
    return new State(List.of());
  }

  default State handleCast(PressTwice message, State state, Context context) {
    for (Caller caller : state.waiting()) {
      context.reply(caller.from(), message.first());
      context.reply(caller.from(), message.second());
    }
    return new State(List.of());
  }

  default State handleCast(Take message, State state) {
    return with(state, message.caller());
  }

  default Integer handleCall(Waiting message, State state) {
    return state.waiting().size();
  }

  default Reply<List<Caller>, State> handleCall(HandOver message, State state) {
    return Results.reply(state.waiting(), new State(List.of()));
  }

  private static State with(State state, Caller caller) {
    List<Caller> waiting = new ArrayList<>(state.waiting());
    waiting.add(caller);
    return new State(waiting);
  }
}
