package io.dgen.tests.servers;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * For many nodes: it records the numbers of each sender in the order in which they come, and counts
 * all of them in another entity, within the same transaction.
 */
@DistributedServer
public interface Tape {

  /** The entity of {@link Counters} that counts what is on all tapes. */
  String SUM = "sum";

  record State(Map<String, List<Integer>> numbers) {}

  record Mark(String sender, int number) implements Cast {}

  record Ask(String sender, int number) implements Call<Echo> {}

  record Read() implements Call<Map<String, List<Integer>>> {}

  /** What was asked. */
  record Echo(String sender, int number) {}

  default State init() {
    return new State(Map.of());
  }

  default State handleCast(Mark message, State state, Context context) {
    return added(state, message.sender(), message.number(), context);
  }

  default Reply<Echo, State> handleCall(Ask message, State state, Context context) {
    return reply(
        new Echo(message.sender(), message.number()),
        added(state, message.sender(), message.number(), context));
  }

  default Map<String, List<Integer>> handleCall(Read message, State state) {
    return state.numbers();
  }

  private static State added(State state, String sender, int number, Context context) {
    CountersClient.in(context, SUM).add(1);
    Map<String, List<Integer>> next = new LinkedHashMap<>(state.numbers());
    List<Integer> numbers = new ArrayList<>(next.getOrDefault(sender, List.of()));
    numbers.add(number);
    next.put(sender, numbers);
    return new State(next);
  }
}
