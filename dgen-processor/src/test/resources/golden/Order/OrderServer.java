package sample;

import io.dgen.Context;
import io.dgen.LockedResult;
import io.dgen.Result;
import io.dgen.Results;
import io.dgen.generated.Callbacks;
import io.dgen.generated.GeneratedServer;
import io.dgen.generated.Invocation;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Describes {@link Order} to a node that hosts it. Thread-safe if the callbacks are.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public final class OrderServer extends GeneratedServer<Order.State, OrderMessage> {
  private final Order callbacks;

  private OrderServer(Order callbacks) {
    super("Order", OrderCodec.MESSAGES, OrderCodec.STATES);
    this.callbacks = Objects.requireNonNull(callbacks, "implementation");
  }

  /**
   * Returns the server, with the callbacks of an implementation, which many threads use.
   */
  public static OrderServer of(Order implementation) {
    return new OrderServer(implementation);
  }

  @Override
  public Order.State init(Context context) throws Exception {
    return Callbacks.state(callbacks.init(), "Order.init()");
  }

  @Override
  public Result<Order.State> handle(OrderMessage message, Order.State state, Invocation invocation)
      throws Exception {
    return switch (message) {
      case OrderMessage.Place it ->
          Callbacks.result(callbacks.handleCast(it.message(), state, invocation), "Order.handleCast(Place, State, Context)");
      case OrderMessage.Reserve it ->
          Callbacks.result(callbacks.handleCall(it.message(), state), "Order.handleCall(Reserve, State)");
      case OrderMessage.StockReserve it ->
          Callbacks.result(callbacks.handleAnswer(it.message().asked(), it.message().answer(), state), "Order.handleAnswer(Reserve, Answer, State)");
      case OrderMessage.StockRelease it ->
          Callbacks.result(callbacks.handleAnswer(invocation, state, it.message().answer(), it.message().asked()), "Order.handleAnswer(Context, State, Answer, Release)");
      case OrderMessage.StockEverything it ->
          Results.noReply(Callbacks.state(callbacks.handleAnswer(it.message().asked(), it.message().answer(), state), "Order.handleAnswer(Everything, Answer, State)"));
      case OrderMessage.ShopLast it ->
          Results.noReply(Callbacks.state(callbacks.handleAnswer(it.message().asked(), it.message().answer(), state), "Order.handleAnswer(Last, Answer, State)"));
      case OrderMessage.OrderReserve it ->
          Callbacks.result(callbacks.handleAnswer(it.message().asked(), it.message().answer(), state), "Order.handleAnswer(Reserve, Answer, State)");
    };
  }

  @Override
  public boolean hasLocked(OrderMessage message) {
    return switch (message) {
      case OrderMessage.StockReserve it -> true;
      default -> false;
    };
  }

  @Override
  public LockedResult<?, Order.State> handleLocked(OrderMessage message, Order.State state,
      Invocation invocation) throws Exception {
    return switch (message) {
      case OrderMessage.StockReserve it ->
          Callbacks.locked(callbacks.handleLocked(it.message().asked(), state, it.message().answer()), "Order.handleLocked(Reserve, State, Answer)");
      default -> super.handleLocked(message, state, invocation);
    };
  }

  @Override
  public Result<Order.State> handleDeadLetter(OrderMessage message, Order.State state,
      Invocation invocation) throws Exception {
    return switch (message) {
      case OrderMessage.StockRelease it ->
          Results.noReply(Callbacks.state(callbacks.handleDeadLetter(it.message().asked(), it.message().answer(), state), "Order.handleDeadLetter(Release, Answer, State)"));
      default -> null;
    };
  }
}
