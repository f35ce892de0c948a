package io.dgen.examples.orders;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Query;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.util.HashMap;
import java.util.Map;

/** How many of some goods there are, and what they are reserved for. */
@DistributedServer
public interface Stock {
  record State(int free, Map<String, Integer> reserved) {}

  record Deliver(int count) implements Cast {}

  /** Replies whether there are enough. */
  record Reserve(String order, int count) implements Call<Boolean> {}

  /** Undoes a {@link Reserve}, if there was one. */
  record Release(String order) implements Cast {}

  record Ship(String order) implements Cast {}

  record Free() implements Query<Integer> {}

  default State init() {
    return new State(0, Map.of());
  }

  default State handleCast(Deliver message, State state) {
    return new State(state.free() + message.count(), state.reserved());
  }

  /** Knows nothing of orders: whoever asks gets the reply. */
  default Reply<Boolean, State> handleCall(Reserve message, State state) {
    if (state.free() < message.count()) {
      return reply(false, state);
    }
    Map<String, Integer> reserved = new HashMap<>(state.reserved());
    reserved.put(message.order(), message.count());
    return reply(true, new State(state.free() - message.count(), reserved));
  }

  default State handleCast(Release message, State state) {
    int count = state.reserved().getOrDefault(message.order(), 0);
    return new State(state.free() + count, without(state.reserved(), message.order()));
  }

  default State handleCast(Ship message, State state) {
    return new State(state.free(), without(state.reserved(), message.order()));
  }

  default int handleQuery(Free message, State state) {
    return state.free();
  }

  private static Map<String, Integer> without(Map<String, Integer> reserved, String order) {
    Map<String, Integer> rest = new HashMap<>(reserved);
    rest.remove(order);
    return rest;
  }
}
