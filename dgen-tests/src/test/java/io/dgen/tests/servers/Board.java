package io.dgen.tests.servers;

import static io.dgen.Results.lock;
import static io.dgen.Results.reply;
import static io.dgen.Results.unlock;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.Lock;
import io.dgen.LockedResult;
import io.dgen.Query;
import io.dgen.QueryContext;
import io.dgen.Reply;
import io.dgen.annotations.ClientName;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** For queries: lines that are posted and read. */
@DistributedServer
public interface Board {

  record State(List<String> lines, byte[] stamp) {}

  record Post(String line) implements Call<Integer> {}

  record Note(String line) implements Cast {}

  /** Always fails. */
  record Fail() implements Cast {}

  /** Locks the entity, and posts a line when it is released. */
  record Work(String line) implements Call<Integer> {}

  /** Posts as many lines as another board has. */
  record Copy(String from) implements Call<Integer> {}

  record Lines() implements Query<List<String>> {}

  record Count() implements Query<Integer> {}

  /** Returns an array of the state, after an attempt to change it. */
  record Stamp() implements Query<byte[]> {}

  record Where() implements Query<String> {}

  @ClientName("throwException")
  record Throw(String text) implements Query<String> {}

  record Large(int bytes) implements Query<byte[]> {}

  record Nothing() implements Query<String> {}

  record Measure(byte[] bytes) implements Query<Integer> {}

  /** Told of each run of a callback, which it may hold up. */
  void runs(String what);

  default State init() {
    return new State(List.of(), new byte[] {1, 2, 3});
  }

  default Reply<Integer, State> handleCall(Post message, State state) {
    runs(message.line());
    State next = with(state, message.line());
    return reply(next.lines().size(), next);
  }

  default State handleCast(Note message, State state) {
    runs(message.line());
    return with(state, message.line());
  }

  default State handleCast(Fail message, State state) {
    runs("Fail");
    throw new IllegalStateException("as asked");
  }

  default Lock<Integer, State> handleCall(Work message, State state) {
    return lock(with(state, "locked"));
  }

  default LockedResult<Integer, State> handleLocked(Work message, State state) {
    runs(message.line());
    return unlock(0, now -> with(now, message.line()));
  }

  default Reply<Integer, State> handleCall(Copy message, State state, Context context) {
    int count = BoardClient.in(context, message.from()).count();
    runs("Copy");
    State next = state;
    for (int i = 0; i < count; i++) {
      next = with(next, message.from());
    }
    return reply(count, next);
  }

  default List<String> handleQuery(Lines message, State state) {
    runs("Lines");
    return state.lines();
  }

  default int handleQuery(Optional<State> state, Count message) {
    runs("Count");
    return state.map(it -> it.lines().size()).orElse(-1);
  }

  default byte[] handleQuery(Stamp message, State state) {
    byte[] stamp = state.stamp();
    byte[] before = stamp.clone();
    stamp[0] = 9;
    return before;
  }

  default String handleQuery(Where message, Optional<State> state, QueryContext context) {
    return context.server() + " " + context.id() + " " + !context.now().toString().isEmpty();
  }

  default String handleQuery(Throw message, State state) {
    runs("Throw");
    throw new IllegalStateException(message.text());
  }

  default byte[] handleQuery(Large message, State state) {
    return new byte[message.bytes()];
  }

  default int handleQuery(Measure message, State state) {
    return message.bytes().length;
  }

  default String handleQuery(Nothing message, State state) {
    return nothing();
  }

  @SuppressWarnings("NullAway") // What a callback of code without null checks may do.
  private static String nothing() {
    return null;
  }

  private static State with(State state, String line) {
    List<String> lines = new ArrayList<>(state.lines());
    lines.add(line);
    return new State(lines, state.stamp());
  }
}
