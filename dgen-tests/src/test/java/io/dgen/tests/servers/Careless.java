package io.dgen.tests.servers;

import static io.dgen.Results.lock;
import static io.dgen.Results.reply;
import static io.dgen.Results.unlock;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.Info;
import io.dgen.Lock;
import io.dgen.LockedResult;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;

/** For checked exceptions: each of its callbacks declares one, and throws it on demand. */
@DistributedServer
public interface Careless {

  record State(List<String> done) {}

  record Fetch(String name) implements Call<Integer> {}

  record Store(String name) implements Cast {}

  record Hear(String name) implements Info {}

  record Print(String name) implements Call<Integer> {}

  record Done() implements Call<List<String>> {}

  /** Runs in each callback, and may throw. */
  void run(String callback, String name, Context context) throws IOException;

  default State init(Context context) throws IOException {
    run("init", "init", context);
    return new State(List.of());
  }

  default Reply<Integer, State> handleCall(Fetch message, State state, Context context)
      throws IOException, TimeoutException {
    run("handleCall", message.name(), context);
    return reply(context.attempt(), with(state, message.name()));
  }

  default State handleCast(Store message, State state, Context context) throws Exception {
    run("handleCast", message.name(), context);
    return with(state, message.name());
  }

  default State handleInfo(Hear message, State state, Context context) throws IOException {
    run("handleInfo", message.name(), context);
    return with(state, message.name());
  }

  default Lock<Integer, State> handleCall(Print message, State state) throws InterruptedException {
    return lock(state);
  }

  default LockedResult<Integer, State> handleLocked(Print message, State state, Context context)
      throws IOException, InterruptedException {
    run("handleLocked", message.name(), context);
    return unlock(context.attempt(), now -> with(now, message.name()));
  }

  default State handleDeadLetter(Store message, State state, Context context)
      throws FileNotFoundException, IOException {
    run("handleDeadLetter", message.name(), context);
    return with(state, "buried " + message.name());
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
