package io.dgen.examples.counter;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;

/** Counts, durably. */
@DistributedServer
public interface Counter {

  /**
   * What is stored.
   *
   * @param value the count
   */
  record State(long value) {}

  /**
   * Adds to the count.
   *
   * @param by how much
   */
  record Increment(long by) implements Cast {}

  /** Asks for the count. */
  record Value() implements Call<Long> {}

  /**
   * A new counter.
   *
   * @return zero
   */
  default State init() {
    return new State(0);
  }

  /**
   * Adds.
   *
   * @param message how much
   * @param state the count so far
   * @return the new count
   */
  default State handleCast(Increment message, State state) {
    return new State(state.value() + message.by());
  }

  /**
   * Replies.
   *
   * @param message asks
   * @param state the count
   * @return the count, unchanged
   */
  default Reply<Long, State> handleCall(Value message, State state) {
    return reply(state.value(), state);
  }
}
