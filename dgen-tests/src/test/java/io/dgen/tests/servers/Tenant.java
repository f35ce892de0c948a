package io.dgen.tests.servers;

import static io.dgen.Results.delete;
import static io.dgen.Results.lock;
import static io.dgen.Results.reply;
import static io.dgen.Results.replyAndDelete;
import static io.dgen.Results.replyLater;
import static io.dgen.Results.unlock;
import static io.dgen.Results.unlockAndStop;

import io.dgen.Call;
import io.dgen.CallResult;
import io.dgen.Cast;
import io.dgen.CastResult;
import io.dgen.Context;
import io.dgen.Delete;
import io.dgen.From;
import io.dgen.Info;
import io.dgen.Lock;
import io.dgen.LockedResult;
import io.dgen.NoReply;
import io.dgen.Query;
import io.dgen.ReplyAndDelete;
import io.dgen.ReplyLater;
import io.dgen.Results;
import io.dgen.StopReason;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/** For the end of an entity: messages delete it, and the test decides what else they do. */
@DistributedServer
public interface Tenant {

  record State(List<String> log, List<From<String>> waiting) {}

  record Note(String what) implements Cast {}

  /** Deletes the entity, unless there is nothing but {@code init} in its log. */
  record Leave(String what) implements Cast {}

  /** Deletes the entity without a reply. */
  record Quit(String what) implements Call<String> {}

  /** Deletes the entity, and replies with its log. */
  record Take(String what) implements Call<List<String>> {}

  /** Is answered by nobody but {@code handleDelete}. */
  record Await() implements Call<String> {}

  record Vanish(String what) implements Info {}

  record Log() implements Call<List<String>> {}

  record Look() implements Query<List<String>> {}

  /** Fails, and deletes the entity when it is given up. */
  record Doom() implements Cast {}

  /** Holds the lock until the test lets it go, and then unlocks, stops or deletes. */
  record Work(String what) implements Call<String> {}

  /** Works, outside any transaction. */
  String works(String what);

  /** Told of each run of a callback, in its transaction. */
  void runs(String what, Context context);

  /** What {@code handleDelete} does. */
  void ends(State state, Context context);

  /** An action. */
  void acts(List<String> log);

  default State init(Context context) {
    runs("init", context);
    return new State(List.of("init"), List.of());
  }

  default NoReply<State> handleCast(Note message, State state, Context context) {
    runs(message.what(), context);
    return Results.noReply(with(state, message.what()));
  }

  default CastResult<State> handleCast(Leave message, State state, Context context) {
    runs(message.what(), context);
    return state.log().size() == 1 ? Results.noReply(state) : delete();
  }

  default Delete<String, State> handleCall(Quit message, State state, Context context) {
    runs(message.what(), context);
    return delete();
  }

  default ReplyAndDelete<List<String>, State> handleCall(
      Take message, State state, Context context) {
    runs(message.what(), context);
    return replyAndDelete(state.log()).then(deleted -> acts(deleted.log()));
  }

  default ReplyLater<String, State> handleCall(
      Await message, State state, From<String> from, Context context) {
    runs("await", context);
    List<From<String>> waiting = new ArrayList<>(state.waiting());
    waiting.add(from);
    return replyLater(new State(state.log(), waiting));
  }

  default CastResult<State> handleInfo(Vanish message, State state, Context context) {
    runs(message.what(), context);
    return delete().then((State deleted) -> acts(deleted.log()));
  }

  default CallResult<List<String>, State> handleCall(Log message, State state) {
    return reply(state.log(), state);
  }

  default Lock<String, State> handleCall(Work message, State state) {
    return lock(state);
  }

  default LockedResult<String, State> handleLocked(Work message, State state) {
    String done = works(message.what());
    return switch (message.what()) {
      case "quit" -> delete();
      case "take" -> replyAndDelete(done).then((State deleted) -> acts(deleted.log()));
      case "stop" ->
          unlockAndStop(StopReason.NORMAL, done, now -> with(now, "stop"), now -> acts(now.log()));
      case "break" ->
          unlockAndStop(StopReason.abnormal("broken"), (now, context) -> with(now, "break"));
      default -> unlock(done, now -> with(now, message.what()));
    };
  }

  default List<String> handleQuery(Look message, State state) {
    return state.log();
  }

  default State handleCast(Doom message, State state) {
    throw new IllegalStateException("as asked");
  }

  default Delete<Void, State> handleDeadLetter(Doom message, State state) {
    return delete();
  }

  default void handleDelete(State state, Context context) {
    ends(state, context);
  }

  private static State with(State state, String what) {
    List<String> log = new ArrayList<>(state.log());
    log.add(what);
    return new State(log, state.waiting());
  }
}
