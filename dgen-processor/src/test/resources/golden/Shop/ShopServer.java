package sample;

import io.dgen.Context;
import io.dgen.LockedResult;
import io.dgen.QueryContext;
import io.dgen.Result;
import io.dgen.Results;
import io.dgen.generated.Callbacks;
import io.dgen.generated.GeneratedServer;
import io.dgen.generated.Invocation;
import java.util.Objects;
import java.util.Optional;
import javax.annotation.processing.Generated;

/**
 * Describes {@link Shop} to a node that hosts it. Thread-safe if the callbacks are.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public final class ShopServer extends GeneratedServer<Shop.State, ShopMessage> {
  private final Shop callbacks;

  private ShopServer(Shop callbacks) {
    super("Shop", ShopCodec.MESSAGES, ShopCodec.STATES);
    this.callbacks = Objects.requireNonNull(callbacks, "implementation");
  }

  /**
   * Returns the server, with the callbacks of an implementation, which many threads use.
   */
  public static ShopServer of(Shop implementation) {
    return new ShopServer(implementation);
  }

  @Override
  public Shop.State init(Context context) throws Exception {
    return Callbacks.state(callbacks.init(context), "Shop.init(Context)");
  }

  @Override
  public Result<Shop.State> handle(ShopMessage message, Shop.State state, Invocation invocation)
      throws Exception {
    return switch (message) {
      case ShopMessage.Pay it ->
          Callbacks.result(callbacks.handleCall(state, it.message()), "Shop.handleCall(State, Pay)");
      case ShopMessage.Refund it ->
          Callbacks.result(callbacks.handleCast(it.message(), state), "Shop.handleCast(Refund, State)");
      case ShopMessage.Await it ->
          Callbacks.result(callbacks.handleCall(invocation.from(), it.message(), state), "Shop.handleCall(From, Await, State)");
      case ShopMessage.Either it ->
          Callbacks.result(callbacks.handleCall(it.message(), state, invocation.from(), invocation), "Shop.handleCall(Either, State, From, Context)");
      case ShopMessage.Leave it ->
          Callbacks.result(callbacks.handleInfo(it.message(), state), "Shop.handleInfo(Leave, State)");
      case ShopMessage.Last it ->
          Callbacks.result(callbacks.handleCall(it.message(), state), "Shop.handleCall(Last, State)");
      default -> throw Callbacks.query(messages().name(message));
    };
  }

  @Override
  public Object handleQuery(ShopMessage message, Optional<Shop.State> state, QueryContext context)
      throws Exception {
    return switch (message) {
      case ShopMessage.Paid it ->
          callbacks.handleQuery(it.message(), Callbacks.existing(state, "Paid", context));
      case ShopMessage.Owes it ->
          callbacks.handleQuery(context, state, it.message());
      default -> super.handleQuery(message, state, context);
    };
  }

  @Override
  public boolean hasLocked(ShopMessage message) {
    return switch (message) {
      case ShopMessage.Pay it -> true;
      case ShopMessage.Refund it -> true;
      default -> false;
    };
  }

  @Override
  public LockedResult<?, Shop.State> handleLocked(ShopMessage message, Shop.State state,
      Invocation invocation) throws Exception {
    return switch (message) {
      case ShopMessage.Pay it ->
          Callbacks.locked(callbacks.handleLocked(invocation, it.message(), invocation.from(), state), "Shop.handleLocked(Context, Pay, From, State)");
      case ShopMessage.Refund it ->
          Callbacks.locked(callbacks.handleLocked(it.message(), state, invocation.locked()), "Shop.handleLocked(Refund, State, LockedContext)");
      default -> super.handleLocked(message, state, invocation);
    };
  }

  @Override
  public Result<Shop.State> handleDeadLetter(ShopMessage message, Shop.State state,
      Invocation invocation) throws Exception {
    return switch (message) {
      case ShopMessage.Pay it ->
          Results.noReply(Callbacks.state(callbacks.handleDeadLetter(it.message(), state, invocation), "Shop.handleDeadLetter(Pay, State, Context)"));
      case ShopMessage.Refund it ->
          Callbacks.result(callbacks.handleDeadLetter(it.message(), state), "Shop.handleDeadLetter(Refund, State)");
      default -> null;
    };
  }

  @Override
  public void handleDelete(Shop.State state, Context context) throws Exception {
    callbacks.handleDelete(context, state);
  }
}
