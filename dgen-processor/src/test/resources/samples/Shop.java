package sample;

import static io.dgen.Results.delete;
import static io.dgen.Results.lock;
import static io.dgen.Results.noReply;
import static io.dgen.Results.reply;
import static io.dgen.Results.replyLater;
import static io.dgen.Results.stop;
import static io.dgen.Results.unlock;

import io.dgen.Call;
import io.dgen.CallResult;
import io.dgen.Cast;
import io.dgen.CastResult;
import io.dgen.Context;
import io.dgen.From;
import io.dgen.Info;
import io.dgen.Lock;
import io.dgen.LockedContext;
import io.dgen.LockedResult;
import io.dgen.Query;
import io.dgen.QueryContext;
import io.dgen.ReplyAndStop;
import io.dgen.ReplyLater;
import io.dgen.Step;
import io.dgen.StepRetry;
import io.dgen.Stop;
import io.dgen.StopReason;
import io.dgen.annotations.DistributedServer;
import io.dgen.annotations.Renamed;
import java.util.List;
import java.util.Optional;

/** Every form of callback. */
@DistributedServer
public interface Shop {
  record State(long paid) {}

  record Pay(long amount) implements Call<Boolean> {}

  record Refund(long amount) implements Cast {}

  record Await() implements Call<Long> {}

  record Either() implements Call<Long> {}

  record Leave() implements Info {}

  record Last() implements Call<Void> {}

  record Paid() implements Query<Long> {}

  record Owes(long price, int count) implements Query<Long> {}

  @Renamed("Bill")
  record Charge() implements Step<List<Long>> {}

  record Notify() implements Step<Void> {}

  default State init(Context context) {
    return new State(context.attempt());
  }

  default Lock<Boolean, State> handleCall(State state, Pay message) {
    return lock(state);
  }

  default LockedResult<Boolean, State> handleLocked(
      Context context, Pay message, From<Boolean> caller, State state) {
    return unlock(message.amount() > 0, now -> new State(now.paid() + message.amount()));
  }

  default State handleDeadLetter(Pay message, State state, Context context) {
    return state;
  }

  default CastResult<State> handleCast(Refund message, State state) {
    return message.amount() == 0 ? noReply(state) : lock(state);
  }

  default LockedResult<Void, State> handleLocked(
      Refund message, State state, LockedContext context) {
    ShopSteps steps = ShopSteps.in(context).retrying(StepRetry.upTo(3));
    List<Long> charged = steps.charge(() -> List.of(1L));
    charged = steps.charge("key", step -> List.of((long) step.attempt()));
    steps.notify(() -> {});
    steps.notify(step -> {});
    return unlock(now -> new State(now.paid() - message.amount()));
  }

  default CastResult<State> handleDeadLetter(Refund message, State state) {
    return message.amount() < 0 ? delete() : stop(StopReason.abnormal("no refund"), state);
  }

  default ReplyLater<Long, State> handleCall(From<Long> caller, Await message, State state) {
    return replyLater(state);
  }

  default CallResult<Long, State> handleCall(
      Either message, State state, From<Long> caller, Context context) {
    return context.attempt() > 1 ? replyLater(state) : reply(state.paid(), state);
  }

  default Stop<Void, State> handleInfo(Leave message, State state) {
    return stop(StopReason.NORMAL, state);
  }

  default long handleQuery(Paid message, State state) {
    return state.paid();
  }

  default Long handleQuery(QueryContext context, Optional<State> state, Owes message) {
    return message.price() - state.map(State::paid).orElse(0L) + context.id().length();
  }

  default void handleDelete(Context context, State state) {}

  ReplyAndStop<Void, State> handleCall(Last message, State state);
}
