package io.dgen.examples.transfer;

import static io.dgen.Results.noReply;
import static io.dgen.Results.reply;
import static io.dgen.Results.replyLater;

import io.dgen.Answer;
import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.CastResult;
import io.dgen.Context;
import io.dgen.From;
import io.dgen.Query;
import io.dgen.Reply;
import io.dgen.ReplyLater;
import io.dgen.annotations.DistributedServer;
import io.dgen.error.Effect;
import io.dgen.error.RefusedException;
import java.util.HashMap;
import java.util.Map;

/** A wallet, from which money can be transferred to another one. */
@DistributedServer
public interface Wallet {

  /**
   * The balance, and the callers of the transfers that are on their way.
   *
   * @param transfers by reference
   */
  record State(long cents, boolean closed, Map<String, From<Boolean>> transfers) {}

  record Deposit(long cents) implements Cast {}

  /** Replies whether the money has arrived; if it has not, it is back. */
  record Transfer(String reference, String to, long cents) implements Call<Boolean> {}

  /** What a wallet asks another one. */
  record Credit(String reference, long cents) implements Call<Long> {}

  record Close() implements Cast {}

  record Balance() implements Query<Long> {}

  default State init() {
    return new State(0, false, Map.of());
  }

  default State handleCast(Deposit message, State state) {
    return new State(state.cents() + message.cents(), state.closed(), state.transfers());
  }

  default State handleCast(Close message, State state) {
    return new State(state.cents(), true, state.transfers());
  }

  /** Takes the money, and asks the other wallet to add it: both, or neither. */
  default ReplyLater<Boolean, State> handleCall(
      Transfer message, State state, From<Boolean> from, Context context) {
    if (message.cents() <= 0 || state.cents() < message.cents()) {
      throw new RefusedException("no-funds", "there are " + state.cents() + " cents");
    }
    WalletAsks.in(context).wallet(message.to()).credit(message.reference(), message.cents());
    Map<String, From<Boolean>> transfers = new HashMap<>(state.transfers());
    transfers.put(message.reference(), from);
    return replyLater(new State(state.cents() - message.cents(), state.closed(), transfers));
  }

  default Reply<Long, State> handleCall(Credit message, State state) {
    if (state.closed()) {
      throw new RefusedException("closed", "the wallet is closed");
    }
    long cents = state.cents() + message.cents();
    return reply(cents, new State(cents, false, state.transfers()));
  }

  /**
   * The answer comes exactly once, whatever happens to the other wallet. If the credit has had no
   * effect, because it was refused, or failed, or the wallet was killed before, the money goes
   * back.
   */
  default CastResult<State> handleAnswer(
      Credit asked, Answer<Long> answer, State state, Context context) {
    boolean arrived = answer.effect() != Effect.NONE;
    Map<String, From<Boolean>> transfers = new HashMap<>(state.transfers());
    From<Boolean> from = transfers.remove(asked.reference());
    if (from != null) {
      context.reply(from, arrived);
    }
    long back = arrived ? 0 : asked.cents();
    return noReply(new State(state.cents() + back, state.closed(), transfers));
  }

  default long handleQuery(Balance message, State state) {
    return state.cents();
  }
}
