package io.dgen.tests.servers;

import static io.dgen.Results.lock;
import static io.dgen.Results.refuse;
import static io.dgen.Results.reply;
import static io.dgen.Results.unlock;
import static io.dgen.Results.unlockRefused;

import io.dgen.Call;
import io.dgen.CallResult;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.Info;
import io.dgen.LockedResult;
import io.dgen.Query;
import io.dgen.Refuse;
import io.dgen.annotations.DistributedServer;
import io.dgen.error.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** For refusals: its callbacks do what the test says, which may be to refuse. */
@DistributedServer
public interface Till {

  /** What has been done, in order. */
  record State(List<String> done) {}

  record Sell(String what) implements Call<String> {}

  record Count(String what) implements Cast {}

  record Hint(String what) implements Info {}

  /** Keeps what it did although it refuses. */
  record Login(String what) implements Call<String> {}

  record Attempt(String what) implements Cast {}

  /** Is done while the entity is locked. */
  record Charge(String what, String update) implements Call<String> {}

  /** Refuses with a change of the state. */
  record Decline(String what) implements Call<String> {}

  /** Reads a price. */
  record Price(String what) implements Query<Integer> {}

  record Done() implements Call<List<String>> {}

  /** Does what the test says. */
  void act(String what, Context context);

  /** Told of each charge that counts. */
  default void charged(String what) {}

  /** Does what the test says in a query. */
  default void ask(String what) {}

  default State init(Context context) {
    act("init", context);
    return new State(List.of());
  }

  default CallResult<String, State> handleCall(Sell message, State state, Context context) {
    act(message.what(), context);
    return reply("sold " + message.what(), with(state, message.what()));
  }

  default State handleCast(Count message, State state, Context context) {
    act(message.what(), context);
    return with(state, message.what());
  }

  default State handleInfo(Hint message, State state, Context context) {
    act(message.what(), context);
    return with(state, message.what());
  }

  default Refuse<String, State> handleCall(Login message, State state, Context context) {
    act(message.what(), context);
    return refuse("wrong-password", "try again", with(state, message.what()));
  }

  default Refuse<Void, State> handleCast(Attempt message, State state, Context context) {
    act(message.what(), context);
    return refuse("wrong-password", "try again", with(state, message.what()));
  }

  default CallResult<String, State> handleCall(Charge message, State state) {
    return lock(with(state, "locked"));
  }

  default LockedResult<String, State> handleLocked(Charge message, State state, Context context) {
    act(message.what(), context);
    return unlock(
        "charged",
        it -> {
          act(message.update(), context);
          return with(it, message.what());
        },
        it -> charged(message.what()));
  }

  default CallResult<String, State> handleCall(Decline message, State state) {
    return lock(with(state, "locked"));
  }

  default LockedResult<String, State> handleLocked(Decline message, State state, Context context) {
    act(message.what(), context);
    return unlockRefused("declined", "no money", it -> with(it, message.what()));
  }

  default int handleQuery(Price message, Optional<State> state) {
    ask(message.what());
    if (message.what().isEmpty()) {
      throw new RefusedException("unknown", "what?", Map.of("sold", "" + state.isPresent()));
    }
    return Integer.parseInt(message.what());
  }

  default List<String> handleCall(Done message, State state) {
    return state.done();
  }

  private static State with(State state, String what) {
    List<String> done = new ArrayList<>(state.done());
    done.add(what);
    return new State(done);
  }
}
