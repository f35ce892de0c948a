package sample;

import static io.dgen.Results.lock;
import static io.dgen.Results.noReply;
import static io.dgen.Results.reply;
import static io.dgen.Results.unlock;

import io.dgen.Answer;
import io.dgen.Call;
import io.dgen.CallResult;
import io.dgen.Cast;
import io.dgen.CastResult;
import io.dgen.Context;
import io.dgen.Lock;
import io.dgen.LockedResult;
import io.dgen.NoReply;
import io.dgen.annotations.DistributedServer;
import java.time.Duration;
import java.util.List;
import sample.depot.Stock;

/** Asks two other servers, one of them of another package, and its own. */
@DistributedServer
public interface Order {
  record State(String goods, long paid, List<String> log) {}

  record Place(String goods, int count) implements Cast {}

  record Reserve(String order) implements Call<Long> {}

  default State init() {
    return new State("", 0, List.of());
  }

  default NoReply<State> handleCast(Place message, State state, Context context) {
    OrderAsks asks = OrderAsks.in(context);
    asks.stock(message.goods()).within(Duration.ofSeconds(30)).reserve("this", message.count());
    asks.stock(message.goods()).release(new Stock.Release("that"));
    asks.stock(message.goods()).all("these", "those");
    asks.shop("main").last();
    asks.order("parent").reserve("this");
    return noReply(new State(message.goods(), state.paid(), state.log()));
  }

  default CallResult<Long, State> handleCall(Reserve message, State state) {
    return reply(state.paid(), state);
  }

  default Lock<Void, State> handleAnswer(
      Stock.Reserve asked, Answer<Boolean> answer, State state) {
    return lock(state);
  }

  default LockedResult<Void, State> handleLocked(
      Stock.Reserve asked, State state, Answer<Boolean> answer) throws Exception {
    return unlock(now -> state);
  }

  default CastResult<State> handleAnswer(
      Context context, State state, Answer<Void> answer, Stock.Release asked) {
    return noReply(state);
  }

  default State handleDeadLetter(Stock.Release asked, Answer<Void> answer, State state) {
    return state;
  }

  default State handleAnswer(
      Stock.Everything asked, Answer<List<Stock.Item>> answer, State state) {
    return state;
  }

  default State handleAnswer(Shop.Last asked, Answer<Void> answer, State state) {
    return switch (answer) {
      case Answer.Replied<Void> it -> state;
      case Answer.Refused<Void> it -> init();
      case Answer.Failed<Void> it -> init();
    };
  }

  CastResult<State> handleAnswer(Reserve asked, Answer<Long> answer, State state);
}
