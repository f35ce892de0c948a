package io.dgen.examples.orders;

import static io.dgen.Results.replyLater;

import io.dgen.Answer;
import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.DelayedMessage;
import io.dgen.From;
import io.dgen.Query;
import io.dgen.ReplyLater;
import io.dgen.annotations.DistributedServer;
import io.dgen.error.Effect;
import io.dgen.error.RefusedException;
import java.time.Duration;
import java.util.Optional;

/**
 * An order: reserves its goods, is paid, and ships them. It lets go of them if it is not paid in
 * time, or cannot be.
 */
@DistributedServer
public interface Order {
  enum Status {
    NEW,
    WAITING_FOR_GOODS,
    RESERVED,
    PAYING,
    SHIPPED,
    OUT_OF_STOCK,
    CANCELLED
  }

  record State(
      Status status,
      String goods,
      int count,
      Optional<DelayedMessage> cancellation,
      Optional<Payment> payment) {}

  /** A payment that is on its way. */
  record Payment(String funds, From<Boolean> payer) {}

  record Place(String goods, int count, Duration holdFor) implements Cast {}

  record Cancel() implements Cast {}

  /** Replies whether the goods are on their way. */
  record Pay(String funds, long cents) implements Call<Boolean> {}

  record Look() implements Query<Status> {}

  default State init() {
    return new State(Status.NEW, "", 0, Optional.empty(), Optional.empty());
  }

  /**
   * What is sent and asked here is sent if this commits, and then exactly once: the goods are asked
   * for, and the order will be cancelled, unless the cancellation is recalled.
   */
  default State handleCast(Place message, State state, Context context) {
    OrderAsks.in(context).stock(message.goods()).reserve(context.id(), message.count());
    DelayedMessage cancellation =
        OrderClient.in(context, context.id()).after(message.holdFor()).cancel();
    return new State(
        Status.WAITING_FOR_GOODS,
        message.goods(),
        message.count(),
        Optional.of(cancellation),
        Optional.empty());
  }

  /** The order may be cancelled before the answer comes: then the goods go back already. */
  default State handleAnswer(
      Stock.Reserve asked, Answer<Boolean> answer, State state, Context context) {
    if (state.status() != Status.WAITING_FOR_GOODS) {
      return state;
    }
    if (answer.equals(new Answer.Replied<>(true))) {
      return with(state, Status.RESERVED);
    }
    state.cancellation().ifPresent(context::cancel);
    return with(state, Status.OUT_OF_STOCK);
  }

  /** Nobody paid in time. */
  default State handleCast(Cancel message, State state, Context context) {
    if (state.status() != Status.WAITING_FOR_GOODS && state.status() != Status.RESERVED) {
      return state;
    }
    StockClient.in(context, state.goods()).release(context.id());
    return with(state, Status.CANCELLED);
  }

  default ReplyLater<Boolean, State> handleCall(
      Pay message, State state, From<Boolean> from, Context context) {
    if (state.status() != Status.RESERVED) {
      throw new RefusedException("not-payable", "the order is " + state.status());
    }
    state.cancellation().ifPresent(context::cancel);
    OrderAsks.in(context)
        .funds(message.funds())
        .within(Duration.ofSeconds(30))
        .take(context.id(), message.cents());
    return replyLater(
        new State(
            Status.PAYING,
            state.goods(),
            state.count(),
            Optional.empty(),
            Optional.of(new Payment(message.funds(), from))));
  }

  /**
   * Ships what is paid. Otherwise everything that was done is undone; where it is not known whether
   * the money was taken, what gives it back comes behind what takes it.
   */
  default State handleAnswer(Funds.Take asked, Answer<Long> answer, State state, Context context) {
    Payment payment = state.payment().orElseThrow();
    boolean paid = answer instanceof Answer.Replied<Long>;
    context.reply(payment.payer(), paid);
    if (paid) {
      StockClient.in(context, state.goods()).ship(context.id());
      return with(state, Status.SHIPPED);
    }
    if (answer.effect() != Effect.NONE) {
      FundsClient.in(context, payment.funds()).giveBack(context.id());
    }
    StockClient.in(context, state.goods()).release(context.id());
    return with(state, Status.CANCELLED);
  }

  /** An order that was never placed is new: reading it does not create it. */
  default Status handleQuery(Look message, Optional<State> state) {
    return state.map(State::status).orElse(Status.NEW);
  }

  private static State with(State state, Status status) {
    return new State(status, state.goods(), state.count(), state.cancellation(), Optional.empty());
  }
}
