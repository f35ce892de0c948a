package io.dgen.tests.servers;

import static io.dgen.Results.lock;

import io.dgen.Call;
import io.dgen.CallResult;
import io.dgen.Context;
import io.dgen.LockedResult;
import io.dgen.Results;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/** For locks that fail: its {@code handleLocked} fails as often as its messages say. */
@DistributedServer
public interface FailingLock {

  record State(List<String> opened) {}

  record Open(String name, int failures) implements Call<Integer> {}

  record Opened() implements Call<List<String>> {}

  default State init() {
    return new State(List.of());
  }

  default CallResult<Integer, State> handleCall(Open message, State state) {
    return lock(state);
  }

  default LockedResult<Integer, State> handleLocked(Open message, State state, Context context) {
    if (context.attempt() <= message.failures()) {
      throw new IllegalStateException("attempt " + context.attempt() + " of " + message.name());
    }
    return Results.unlock(
        context.attempt(),
        now -> {
          List<String> longer = new ArrayList<>(now.opened());
          longer.add(message.name());
          return new State(longer);
        });
  }

  default List<String> handleCall(Opened message, State state) {
    return state.opened();
  }
}
