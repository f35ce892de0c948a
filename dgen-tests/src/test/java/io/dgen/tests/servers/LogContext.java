package io.dgen.tests.servers;

import static io.dgen.Results.lock;
import static io.dgen.Results.noReply;
import static io.dgen.Results.unlock;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.CastResult;
import io.dgen.Info;
import io.dgen.LockedResult;
import io.dgen.NoReply;
import io.dgen.annotations.DistributedServer;
import java.util.Map;
import org.slf4j.MDC;

/** For the context of the log: it tells what its callbacks see of it. */
@DistributedServer
public interface LogContext {

  record State(long count) {}

  record Note(String text) implements Cast {}

  record Hold(String text) implements Cast {}

  record Peek(String text) implements Info {}

  record Count() implements Call<Long> {}

  /** Told of each callback, with the log's context as it is then. */
  void logging(String callback, Map<String, String> context);

  default State init() {
    observe("init");
    return new State(0);
  }

  default NoReply<State> handleCast(Note message, State state) {
    observe("cast");
    return noReply(new State(state.count() + 1)).then(committed -> observe("action"));
  }

  default CastResult<State> handleCast(Hold message, State state) {
    return lock(state);
  }

  default LockedResult<Void, State> handleLocked(Hold message, State state) {
    observe("locked");
    return unlock(current -> new State(current.count() + 10));
  }

  default State handleInfo(Peek message, State state) {
    observe("info");
    return state;
  }

  default Long handleCall(Count message, State state) {
    return state.count();
  }

  private void observe(String callback) {
    Map<String, String> context = MDC.getCopyOfContextMap();
    logging(callback, context == null ? Map.of() : context);
  }
}
