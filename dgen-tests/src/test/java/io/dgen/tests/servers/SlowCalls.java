package io.dgen.tests.servers;

import static io.dgen.Results.lock;
import static io.dgen.Results.replyLater;
import static io.dgen.Results.unlock;

import io.dgen.Call;
import io.dgen.CallResult;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.From;
import io.dgen.LockedResult;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/** For calls that take a while: one holds the lock, the other is answered later. */
@DistributedServer
public interface SlowCalls {

  record State(List<String> done) {}

  record Work(String what) implements Call<String> {}

  record Later(String what) implements Call<String> {}

  record Answer(String what) implements Cast {}

  record Done() implements Call<List<String>> {}

  /** Works outside any transaction. */
  String work(String what, Context context);

  /** Keeps who is to be answered. */
  void keep(From<String> from);

  /** Who is to be answered. */
  List<From<String>> kept();

  default State init() {
    return new State(List.of());
  }

  default CallResult<String, State> handleCall(Work message, State state) {
    return lock(state);
  }

  default LockedResult<String, State> handleLocked(Work message, State state, Context context) {
    String result = work(message.what(), context);
    return unlock(result, now -> with(now, result));
  }

  default CallResult<String, State> handleCall(Later message, State state, From<String> from) {
    keep(from);
    return replyLater(with(state, message.what()));
  }

  default State handleCast(Answer message, State state, Context context) {
    for (From<String> from : kept()) {
      context.reply(from, message.what());
    }
    return state;
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
