package io.dgen.benchmarks;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Query;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import io.dgen.error.RefusedException;

/** A counter: the least that a server can do. */
@DistributedServer
public interface Tally {

  /**
   * What is stored.
   *
   * @param value the sum
   */
  record State(long value) {}

  /**
   * Adds.
   *
   * @param by how much
   */
  record Add(long by) implements Cast {}

  /**
   * Adds and replies with the sum.
   *
   * @param by how much
   */
  record Next(long by) implements Call<Long> {}

  /** Reads the sum, behind what was sent before. */
  record Value() implements Call<Long> {}

  /** Reads the sum, past everything. */
  record Look() implements Query<Long> {}

  /** Is refused. */
  record Deny() implements Call<Long> {}

  /**
   * A new tally.
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
   * @param state the sum so far
   * @return the new sum
   */
  default State handleCast(Add message, State state) {
    return new State(state.value() + message.by());
  }

  /**
   * Adds and replies.
   *
   * @param message how much
   * @param state the sum so far
   * @return the new sum
   */
  default Reply<Long, State> handleCall(Next message, State state) {
    long value = state.value() + message.by();
    return reply(value, new State(value));
  }

  /**
   * Replies.
   *
   * @param message nothing
   * @param state the sum so far
   * @return the sum
   */
  default long handleCall(Value message, State state) {
    return state.value();
  }

  /**
   * Replies.
   *
   * @param message nothing
   * @param state the sum so far
   * @return the sum
   */
  default long handleQuery(Look message, State state) {
    return state.value();
  }

  /**
   * Refuses.
   *
   * @param message the message
   * @param state the sum so far
   * @return nothing
   */
  default long handleCall(Deny message, State state) {
    throw new RefusedException("denied", "as asked");
  }
}
