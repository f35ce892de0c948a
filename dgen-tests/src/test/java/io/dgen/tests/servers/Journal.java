package io.dgen.tests.servers;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * For delivery and order: it takes numbered messages of many senders, and notes as faults what is
 * lost, comes twice or comes out of order.
 */
@DistributedServer
public interface Journal {

  record State(long position, Map<String, Long> last, List<String> faults) {}

  record Receipt(String sender, long sequence, long position) {}

  record Append(String sender, long sequence) implements Call<Receipt> {}

  record Note(String sender, long sequence) implements Cast {}

  record Report() implements Call<Summary> {}

  record Summary(long position, Map<String, Long> last, List<String> faults) {}

  default State init() {
    return new State(0, Map.of(), List.of());
  }

  default Reply<Receipt, State> handleCall(Append message, State state) {
    State next = entered(state, message.sender(), message.sequence());
    return reply(new Receipt(message.sender(), message.sequence(), next.position()), next);
  }

  default State handleCast(Note message, State state) {
    return entered(state, message.sender(), message.sequence());
  }

  default Summary handleCall(Report message, State state) {
    return new Summary(state.position(), state.last(), state.faults());
  }

  private static State entered(State state, String sender, long sequence) {
    long before = state.last().getOrDefault(sender, 0L);
    List<String> faults = state.faults();
    if (sequence != before + 1) {
      faults = new ArrayList<>(faults);
      faults.add(sender + ": " + sequence + " after " + before);
    }
    Map<String, Long> last = new HashMap<>(state.last());
    last.put(sender, sequence);
    return new State(state.position() + 1, last, faults);
  }
}
