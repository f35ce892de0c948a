package io.dgen.tests.servers;

import static io.dgen.Results.lock;
import static io.dgen.Results.reply;
import static io.dgen.Results.replyLater;

import io.dgen.Call;
import io.dgen.CallResult;
import io.dgen.Cast;
import io.dgen.CastResult;
import io.dgen.Context;
import io.dgen.DelayedMessage;
import io.dgen.From;
import io.dgen.LockedContext;
import io.dgen.LockedResult;
import io.dgen.Query;
import io.dgen.ReplyLater;
import io.dgen.Step;
import io.dgen.Unlock;
import io.dgen.annotations.DistributedServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** For long work under a lock: what is done there, and its result, are the test's. */
@DistributedServer
public interface Voyage {

  /**
   * The state.
   *
   * @param log what was done, in order
   * @param alarm a delayed note
   * @param waiting callers that wait for an answer
   */
  record State(List<String> log, Optional<DelayedMessage> alarm, List<From<String>> waiting) {

    public State with(String line) {
      List<String> next = new ArrayList<>(log);
      next.add(line);
      return new State(next, alarm, waiting);
    }
  }

  /** Takes the lock and goes to work. */
  record Sail(String where) implements Call<String> {}

  /** As {@link Sail}, for nobody who waits. */
  record Drift(String where) implements Cast {}

  record Note(String line) implements Cast {}

  /** Waits until the work on a voyage answers it. */
  record Await() implements Call<String> {}

  /** Sends itself a note in an hour. */
  record Remind() implements Cast {}

  record Log() implements Query<List<String>> {}

  record Chart() implements Step<String> {}

  /** A step of a loop. */
  record Stop() implements Step<Integer> {}

  record Anchor() implements Step<Void> {}

  record Cargo() implements Step<List<String>> {}

  /** Works, outside any transaction. */
  Unlock<String, State> work(String where, State state, LockedContext context) throws Exception;

  default State init() {
    return new State(List.of(), Optional.empty(), List.of());
  }

  default CallResult<String, State> handleCall(Sail message, State state, Context context) {
    if (context.attempt() > 1 && message.where().startsWith("calm")) {
      return reply("calm", state);
    }
    return lock(state.with("begin " + message.where()));
  }

  default LockedResult<String, State> handleLocked(Sail message, State state, LockedContext context)
      throws Exception {
    return work(message.where(), state, context);
  }

  default CastResult<State> handleCast(Drift message, State state) {
    return lock(state.with("begin " + message.where()));
  }

  default LockedResult<Void, State> handleLocked(Drift message, State state, LockedContext context)
      throws Exception {
    Unlock<String, State> result = work(message.where(), state, context);
    return new Unlock<>(false, null, result.refusal(), result.update(), null, result.actions());
  }

  default State handleCast(Note message, State state) {
    return state.with(message.line());
  }

  default ReplyLater<String, State> handleCall(Await message, State state, From<String> from) {
    List<From<String>> waiting = new ArrayList<>(state.waiting());
    waiting.add(from);
    return replyLater(new State(state.log(), state.alarm(), waiting));
  }

  default State handleCast(Remind message, State state, Context context) {
    DelayedMessage alarm =
        VoyageClient.in(context, context.id()).after(Duration.ofHours(1)).note("alarm");
    return new State(state.log(), Optional.of(alarm), state.waiting());
  }

  default List<String> handleQuery(Log message, Optional<State> state) {
    return state.map(State::log).orElse(List.of());
  }
}
