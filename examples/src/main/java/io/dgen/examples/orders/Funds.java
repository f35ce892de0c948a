package io.dgen.examples.orders;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Query;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import io.dgen.error.RefusedException;
import java.util.HashMap;
import java.util.Map;

/** A customer's money. */
@DistributedServer
public interface Funds {
  record State(long cents, Map<String, Long> taken) {}

  record Fill(long cents) implements Cast {}

  /** Replies with what is left. */
  record Take(String order, long cents) implements Call<Long> {}

  /** Undoes a {@link Take}, if there was one. */
  record GiveBack(String order) implements Cast {}

  record Cents() implements Query<Long> {}

  default State init() {
    return new State(0, Map.of());
  }

  default State handleCast(Fill message, State state) {
    return new State(state.cents() + message.cents(), state.taken());
  }

  default Reply<Long, State> handleCall(Take message, State state) {
    if (state.cents() < message.cents()) {
      throw new RefusedException("no-funds", "there are " + state.cents() + " cents");
    }
    Map<String, Long> taken = new HashMap<>(state.taken());
    taken.put(message.order(), message.cents());
    long left = state.cents() - message.cents();
    return reply(left, new State(left, taken));
  }

  default State handleCast(GiveBack message, State state) {
    Map<String, Long> taken = new HashMap<>(state.taken());
    Long cents = taken.remove(message.order());
    return cents == null ? state : new State(state.cents() + cents, taken);
  }

  default long handleQuery(Cents message, State state) {
    return state.cents();
  }
}
