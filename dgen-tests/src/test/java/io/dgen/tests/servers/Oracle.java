package io.dgen.tests.servers;

import static io.dgen.Results.delete;
import static io.dgen.Results.lock;
import static io.dgen.Results.reply;
import static io.dgen.Results.replyLater;
import static io.dgen.Results.stop;
import static io.dgen.Results.unlock;

import io.dgen.Call;
import io.dgen.CallResult;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.From;
import io.dgen.LockedResult;
import io.dgen.Query;
import io.dgen.StopReason;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Is asked, and answers at once, later, under a lock, or never: as the question says. */
@DistributedServer
public interface Oracle {

  record State(List<String> heard, Map<String, From<String>> waiting) {}

  /** A question; its first word says how it is answered. */
  record Consult(String what) implements Call<String> {}

  /** Answers a question that waits, as often as it is sent. */
  record Utter(String what, String reply) implements Cast {}

  /** Lets another oracle answer a question that waits. */
  record Delegate(String what, String oracle) implements Cast {}

  record Answering(From<String> from, String reply) implements Cast {}

  record Heard() implements Query<List<String>> {}

  /** Called for each question. */
  default void consulted(String what, Context context) {}

  /** Called while the lock is held. */
  default void working(String what) {}

  default State init() {
    return new State(List.of(), Map.of());
  }

  default CallResult<String, State> handleCall(
      Consult message, State state, From<String> from, Context context) {
    String what = message.what();
    consulted(what, context);
    List<String> heard = new ArrayList<>(state.heard());
    heard.add(what);
    State next = new State(heard, state.waiting());
    return switch (what.split(" ", 2)[0]) {
      case "later" -> replyLater(with(next, what, from));
      case "lock" -> lock(next);
      case "locklater" -> lock(with(next, what, from));
      case "delete" -> delete();
      case "stop" -> stop(StopReason.NORMAL, next);
      case "big" -> reply("x".repeat(4_000_001), next);
      default -> reply("yes, " + what, next);
    };
  }

  default LockedResult<String, State> handleLocked(Consult message, State state) {
    working(message.what());
    return message.what().startsWith("locklater")
        ? unlock(current -> current)
        : unlock("after long thought, " + message.what(), current -> current);
  }

  default State handleCast(Utter message, State state, Context context) {
    context.reply(waiting(state, message.what()), message.reply());
    return state;
  }

  default State handleCast(Delegate message, State state, Context context) {
    OracleClient.in(context, message.oracle())
        .answering(waiting(state, message.what()), "from " + message.oracle());
    return state;
  }

  default State handleCast(Answering message, State state, Context context) {
    context.reply(message.from(), message.reply());
    return state;
  }

  default List<String> handleQuery(Heard message, State state) {
    return state.heard();
  }

  private static From<String> waiting(State state, String what) {
    return Objects.requireNonNull(state.waiting().get(what), what);
  }

  private static State with(State state, String what, From<String> from) {
    Map<String, From<String>> waiting = new HashMap<>(state.waiting());
    waiting.put(what, from);
    return new State(state.heard(), waiting);
  }
}
