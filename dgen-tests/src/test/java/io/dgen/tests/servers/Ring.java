package io.dgen.tests.servers;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** For sends in the simulation: its entities send to each other, and count what they got. */
@DistributedServer
public interface Ring {

  /** How many entities there are; the one after the last is the first. */
  int SIZE = 3;

  record State(Map<String, Integer> seen, List<String> faults) {}

  /** Goes so many entities further, every second time with a delay. */
  record Pass(String token, int hops) implements Cast {}

  record Later(String token, Instant notBefore) implements Cast {}

  /** Replies with how many tokens there are. */
  record Once(String token, int failures) implements Call<Integer> {}

  record Read() implements Call<Summary> {}

  record Summary(Map<String, Integer> seen, List<String> faults) {}

  static String next(String id) {
    return "" + (Integer.parseInt(id) + 1) % SIZE;
  }

  default State init() {
    return new State(Map.of(), List.of());
  }

  default State handleCast(Pass message, State state, Context context) {
    if (message.hops() > 0) {
      String next = next(context.id());
      Pass passed = new Pass(message.token(), message.hops() - 1);
      if (passed.hops() % 2 == 0) {
        RingClient.in(context, next).pass(passed.token(), passed.hops());
      } else {
        RingClient.in(context, next)
            .after(Duration.ofMillis(1500))
            .pass(passed.token(), passed.hops());
      }
    }
    return with(state, message.token() + " " + message.hops());
  }

  default State handleCast(Later message, State state, Context context) {
    State next = with(state, message.token());
    if (!context.now().isBefore(message.notBefore())) {
      return next;
    }
    List<String> faults = new ArrayList<>(state.faults());
    faults.add(message.token() + " came at " + context.now() + ", before " + message.notBefore());
    return new State(next.seen(), faults);
  }

  default Reply<Integer, State> handleCall(Once message, State state, Context context) {
    if (context.attempt() <= message.failures()) {
      throw new IllegalStateException("attempt " + context.attempt() + " fails");
    }
    State next = with(state, message.token());
    return reply(next.seen().size(), next);
  }

  default Summary handleCall(Read message, State state) {
    return new Summary(state.seen(), state.faults());
  }

  private static State with(State state, String token) {
    Map<String, Integer> seen = new TreeMap<>(state.seen());
    seen.merge(token, 1, Integer::sum);
    return new State(seen, state.faults());
  }
}
