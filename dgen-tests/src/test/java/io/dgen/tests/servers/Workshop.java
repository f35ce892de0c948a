package io.dgen.tests.servers;

import static io.dgen.Results.lock;
import static io.dgen.Results.noReply;
import static io.dgen.Results.reply;
import static io.dgen.Results.replyAndStop;
import static io.dgen.Results.stop;
import static io.dgen.Results.unlock;
import static io.dgen.Results.unlockThen;

import io.dgen.Call;
import io.dgen.CallResult;
import io.dgen.Cast;
import io.dgen.CastResult;
import io.dgen.Context;
import io.dgen.Info;
import io.dgen.LockedResult;
import io.dgen.NoReply;
import io.dgen.Reply;
import io.dgen.StopReason;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/**
 * For results: its callbacks return every kind, and a {@link Foreman} holds them back or lets them
 * fail.
 */
@DistributedServer
public interface Workshop {

  /** What has been done, in order. */
  record State(List<String> done) {}

  record Add(String what) implements Cast {}

  record Say(String what) implements Call<String> {}

  record Ping(String what) implements Info {}

  record Done() implements Call<List<String>> {}

  /** Does one thing, and then acts: an action is its name, which says what it does. */
  record Act(String what, List<String> actions) implements Cast {}

  record Report(String what, List<String> actions) implements Call<String> {}

  record Leave(String why, boolean abnormal) implements Cast {}

  record Quit(String why, boolean abnormal, boolean replies) implements Call<String> {}

  record Build(String what) implements Call<String> {}

  record Paint(String what) implements Cast {}

  /** What is done while the entity is locked; the test decides. */
  String make(String what, Context context);

  /** An action; the test decides. */
  boolean act(String action, State state);

  default State init() {
    return new State(List.of());
  }

  default State handleCast(Add message, State state) {
    return with(state, message.what());
  }

  default Reply<String, State> handleCall(Say message, State state) {
    return reply("said " + message.what(), with(state, message.what()));
  }

  default State handleInfo(Ping message, State state) {
    return with(state, message.what());
  }

  default List<String> handleCall(Done message, State state) {
    return state.done();
  }

  default NoReply<State> handleCast(Act message, State state) {
    NoReply<State> result = noReply(with(state, message.what()));
    for (String action : message.actions()) {
      result = result.thenOrHalt(it -> act(action, it));
    }
    return result;
  }

  default Reply<String, State> handleCall(Report message, State state) {
    Reply<String, State> result = reply(message.what(), with(state, message.what()));
    for (String action : message.actions()) {
      result = result.thenOrHalt(it -> act(action, it));
    }
    return result;
  }

  default CastResult<State> handleCast(Leave message, State state) {
    return stop(reason(message.why(), message.abnormal()), with(state, "left"))
        .then(it -> act("after " + message.why(), it));
  }

  default CallResult<String, State> handleCall(Quit message, State state) {
    StopReason reason = reason(message.why(), message.abnormal());
    State after = with(state, "quit");
    return message.replies() ? replyAndStop(reason, "bye", after) : stop(reason, after);
  }

  default CallResult<String, State> handleCall(Build message, State state) {
    return lock(with(state, "begin " + message.what()));
  }

  default LockedResult<String, State> handleLocked(Build message, State state, Context context) {
    String made = make(message.what(), context);
    return unlock(
        made,
        it -> with(it, "built " + message.what()),
        it -> act("after " + message.what(), it),
        it -> act("at last " + message.what(), it));
  }

  default CastResult<State> handleCast(Paint message, State state) {
    return lock(with(state, "begin " + message.what()));
  }

  default LockedResult<Void, State> handleLocked(Paint message, State state, Context context) {
    String made = make(message.what(), context);
    return unlockThen(it -> with(it, made), it -> act("dried " + message.what(), it));
  }

  private static StopReason reason(String why, boolean abnormal) {
    return abnormal ? StopReason.abnormal(why) : StopReason.NORMAL;
  }

  private static State with(State state, String what) {
    List<String> done = new ArrayList<>(state.done());
    done.add(what);
    return new State(done);
  }
}
