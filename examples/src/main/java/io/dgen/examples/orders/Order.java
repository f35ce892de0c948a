package io.dgen.examples.orders;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.DelayedMessage;
import io.dgen.Query;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.time.Duration;
import java.util.Optional;

/** An order: reserves its goods, and lets go of them if it is not paid in time. */
@DistributedServer
public interface Order {
  enum Status {
    NEW,
    WAITING_FOR_GOODS,
    RESERVED,
    PAID,
    OUT_OF_STOCK,
    CANCELLED
  }

  record State(Status status, String goods, int count, Optional<DelayedMessage> cancellation) {}

  record Place(String goods, int count, Duration holdFor) implements Cast {}

  record Reserved() implements Cast {}

  record OutOfStock() implements Cast {}

  record Cancel() implements Cast {}

  record Pay() implements Call<Boolean> {}

  record Look() implements Query<Status> {}

  default State init() {
    return new State(Status.NEW, "", 0, Optional.empty());
  }

  /**
   * What is sent here is sent if this commits, and then exactly once: the goods are asked for, and
   * the order will be cancelled, unless the cancellation is recalled.
   */
  default State handleCast(Place message, State state, Context context) {
    StockClient.in(context, message.goods()).reserve(context.id(), message.count());
    DelayedMessage cancellation =
        OrderClient.in(context, context.id()).after(message.holdFor()).cancel();
    return new State(
        Status.WAITING_FOR_GOODS, message.goods(), message.count(), Optional.of(cancellation));
  }

  /** The order may be cancelled before the answer comes: then the goods go back already. */
  default State handleCast(Reserved message, State state) {
    return state.status() == Status.WAITING_FOR_GOODS ? with(state, Status.RESERVED) : state;
  }

  default State handleCast(OutOfStock message, State state, Context context) {
    if (state.status() != Status.WAITING_FOR_GOODS) {
      return state;
    }
    state.cancellation().ifPresent(context::cancel);
    return with(state, Status.OUT_OF_STOCK);
  }

  /** Nobody paid in time. */
  default State handleCast(Cancel message, State state, Context context) {
    if (state.status() == Status.PAID || state.status() == Status.OUT_OF_STOCK) {
      return state;
    }
    StockClient.in(context, state.goods()).release(context.id());
    return with(state, Status.CANCELLED);
  }

  default Reply<Boolean, State> handleCall(Pay message, State state, Context context) {
    if (state.status() != Status.RESERVED) {
      return reply(false, state);
    }
    state.cancellation().ifPresent(context::cancel);
    StockClient.in(context, state.goods()).ship(context.id());
    return reply(true, with(state, Status.PAID));
  }

  /** An order that was never placed is new: reading it does not create it. */
  default Status handleQuery(Look message, Optional<State> state) {
    return state.map(State::status).orElse(Status.NEW);
  }

  private static State with(State state, Status status) {
    return new State(status, state.goods(), state.count(), state.cancellation());
  }
}
