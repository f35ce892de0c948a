package io.dgen.tests.docs;

import static io.dgen.Results.refuse;
import static io.dgen.Results.reply;
import static io.dgen.Results.replyAndDelete;

import io.dgen.Call;
import io.dgen.CallResult;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.ReplyAndDelete;
import io.dgen.annotations.DistributedServer;
import io.dgen.error.RefusedException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The server of the refusals in docs/errors-and-retries.md, and of docs/deleting.md. */
@DistributedServer
public interface Purse {

  int PIN = 4711;

  record State(int cents, int wrongPins) {}

  record Withdraw(int cents) implements Call<Integer> {}

  record Unlock(int pin) implements Call<@Nullable Void> {}

  record Deposit(int cents) implements Cast {}

  record Close() implements Call<Integer> {}

  record WrongPins() implements Call<Integer> {}

  default State init() {
    return new State(1000, 0);
  }

  default CallResult<Integer, State> handleCall(Withdraw message, State state) {
    if (message.cents() > state.cents()) {
      throw new RefusedException(
          "not-covered", "the balance is too low", Map.of("missing", "" + missing(message, state)));
    }
    int left = state.cents() - message.cents();
    return reply(left, new State(left, state.wrongPins()));
  }

  default CallResult<@Nullable Void, State> handleCall(Unlock message, State state) {
    if (message.pin() != PIN) {
      return refuse("wrong-pin", "try again", new State(state.cents(), state.wrongPins() + 1));
    }
    return reply(null, new State(state.cents(), 0));
  }

  default int handleCall(WrongPins message, State state) {
    return state.wrongPins();
  }

  default State handleCast(Deposit message, State state) {
    return new State(state.cents() + message.cents(), state.wrongPins());
  }

  default ReplyAndDelete<Integer, State> handleCall(Close message, State state) {
    return replyAndDelete(state.cents());
  }

  default void handleDelete(State state, Context context) {
    if (state.wrongPins() > 2) {
      throw new RefusedException("blocked", "call the bank"); // nothing is deleted
    }
    PurseClient.in(context, "bank").deposit(state.cents());
  }

  private static int missing(Withdraw message, State state) {
    return message.cents() - state.cents();
  }
}
