package io.dgen.benchmarks;

import static io.dgen.Results.replyLater;

import io.dgen.Answer;
import io.dgen.Call;
import io.dgen.Context;
import io.dgen.From;
import io.dgen.ReplyLater;
import io.dgen.annotations.DistributedServer;
import java.util.Optional;

/** Asks a tally for its caller: the least that an entity that asks can do. */
@DistributedServer
public interface Broker {

  /**
   * What is stored.
   *
   * @param caller who waits for the answer
   */
  record State(Optional<From<Long>> caller) {}

  /**
   * Asks, and replies with the answer.
   *
   * @param tally the id of the tally
   */
  record Fetch(String tally) implements Call<Long> {}

  /**
   * A new broker.
   *
   * @return nobody waits
   */
  default State init() {
    return new State(Optional.empty());
  }

  /**
   * Asks.
   *
   * @param message whom
   * @param state who waits
   * @param from the caller
   * @param context asks
   * @return a reply that comes later
   */
  default ReplyLater<Long, State> handleCall(
      Fetch message, State state, From<Long> from, Context context) {
    BrokerAsks.in(context).tally(message.tally()).next(1);
    return replyLater(new State(Optional.of(from)));
  }

  /**
   * Replies.
   *
   * @param asked what was asked
   * @param answer the answer
   * @param state who waits
   * @param context replies
   * @return nobody waits
   */
  default State handleAnswer(Tally.Next asked, Answer<Long> answer, State state, Context context) {
    long sum = answer instanceof Answer.Replied<Long>(Long reply) && reply != null ? reply : -1;
    state.caller().ifPresent(caller -> context.reply(caller, sum));
    return new State(Optional.empty());
  }
}
