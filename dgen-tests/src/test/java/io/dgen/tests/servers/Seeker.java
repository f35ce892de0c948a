package io.dgen.tests.servers;

import static io.dgen.Results.lock;
import static io.dgen.Results.noReply;
import static io.dgen.Results.refuse;
import static io.dgen.Results.reply;
import static io.dgen.Results.replyAndDelete;
import static io.dgen.Results.unlock;

import io.dgen.Answer;
import io.dgen.Call;
import io.dgen.CallResult;
import io.dgen.Cast;
import io.dgen.CastResult;
import io.dgen.Context;
import io.dgen.LockedResult;
import io.dgen.Query;
import io.dgen.annotations.DistributedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks oracles, and others of its kind, and writes down what it hears. */
@DistributedServer
public interface Seeker {

  record State(List<String> heard) {}

  record Seek(String oracle, String what) implements Cast {}

  record Hurry(String oracle, String what, Duration within) implements Cast {}

  /** Asks an own kind, which may be itself. */
  record Reflect(String seeker) implements Cast {}

  record Count(int add) implements Call<Integer> {}

  record Heard() implements Query<List<String>> {}

  /** Called after a question was asked, and before the callback returns. */
  default void sought(String what, Context context) {}

  /** Called with each answer. */
  default void hears(String what, Context context) {}

  /** Called while the lock is held. */
  default void ponders(String what) {}

  default State init() {
    return new State(List.of());
  }

  default State handleCast(Seek message, State state, Context context) {
    SeekerAsks.in(context).oracle(message.oracle()).consult(message.what());
    sought(message.what(), context);
    return state;
  }

  default State handleCast(Hurry message, State state, Context context) {
    SeekerAsks.in(context)
        .oracle(message.oracle())
        .within(message.within())
        .consult(new Oracle.Consult(message.what()));
    sought(message.what(), context);
    return state;
  }

  default State handleCast(Reflect message, State state, Context context) {
    SeekerAsks.in(context).seeker(message.seeker()).count(1);
    return state;
  }

  /** A negative number ends it. */
  default CallResult<Integer, State> handleCall(Count message, State state) {
    if (message.add() < 0) {
      return replyAndDelete(0);
    }
    return reply(state.heard().size() + message.add(), state);
  }

  default CastResult<State> handleAnswer(
      Oracle.Consult asked, Answer<String> answer, State state, Context context) {
    String heard = asked.what() + ": " + shown(answer);
    hears(asked.what(), context);
    return switch (asked.what().split(" ", 2)[0]) {
      case "locking" -> lock(with(state, heard));
      case "refusing" -> refuse("no", "not this", state);
      default -> noReply(with(state, heard));
    };
  }

  default LockedResult<Void, State> handleLocked(
      Oracle.Consult asked, Answer<String> answer, State state) {
    ponders(asked.what());
    String heard = "pondered " + asked.what() + ": " + shown(answer);
    return unlock(current -> with(current, heard));
  }

  default State handleDeadLetter(Oracle.Consult asked, Answer<String> answer, State state) {
    return with(state, "gave up " + asked.what() + ": " + shown(answer));
  }

  default State handleAnswer(State state, Answer<Integer> answer, Count asked) {
    return with(state, "count " + asked.add() + ": " + shown(answer));
  }

  default List<String> handleQuery(Heard message, Optional<State> state) {
    return state.map(State::heard).orElse(List.of());
  }

  private static State with(State state, String heard) {
    List<String> all = new ArrayList<>(state.heard());
    all.add(heard);
    return new State(all);
  }

  private static String shown(Answer<?> answer) {
    return switch (answer) {
      case Answer.Replied<?> it -> String.valueOf(it.reply());
      case Answer.Refused<?> it -> "refused " + it.refusal().code() + " " + it.effect();
      case Answer.Failed<?> it -> it.reason() + " " + it.effect();
    };
  }
}
