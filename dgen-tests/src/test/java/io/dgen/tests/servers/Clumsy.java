package io.dgen.tests.servers;

import static io.dgen.Results.lock;
import static io.dgen.Results.reply;
import static io.dgen.Results.unlock;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Lock;
import io.dgen.LockedResult;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * For code of users that is careless: it leaves its thread interrupted, and has records that fail
 * with an error when they are read.
 */
@DistributedServer
public interface Clumsy {

  /** The texts that no {@link Text} can be made of now. */
  Set<String> FORBIDDEN = ConcurrentHashMap.newKeySet();

  record State(List<String> done) {

    State with(String name) {
      List<String> more = new ArrayList<>(done);
      more.add(name);
      return new State(more);
    }
  }

  record Text(String text) {

    public Text {
      if (FORBIDDEN.contains(text)) {
        throw new AssertionError("forbidden: " + text);
      }
    }
  }

  record Ask(String text) implements Call<Text> {}

  record Tell(Text text) implements Cast {}

  record Work(String name) implements Call<String> {}

  record Done() implements Call<List<String>> {}

  default State init() {
    Thread.currentThread().interrupt();
    return new State(List.of());
  }

  default Reply<Text, State> handleCall(Ask message, State state) {
    FORBIDDEN.remove(message.text());
    Text answer = new Text(message.text());
    if (message.text().startsWith("fragile")) {
      FORBIDDEN.add(message.text());
    }
    return reply(answer, state.with(message.text()));
  }

  default State handleCast(Tell message, State state) {
    return state.with(message.text().text());
  }

  default Lock<String, State> handleCall(Work message, State state) {
    return lock(state);
  }

  default LockedResult<String, State> handleLocked(Work message, State state) {
    return unlock(
        "worked",
        now -> {
          Thread.currentThread().interrupt();
          return now.with(message.name());
        });
  }

  default List<String> handleCall(Done message, State state) {
    return state.done();
  }
}
