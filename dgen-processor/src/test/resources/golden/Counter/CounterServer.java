package sample;

import io.dgen.Context;
import io.dgen.Result;
import io.dgen.Results;
import io.dgen.codec.StateCodec;
import io.dgen.spi.Callbacks;
import io.dgen.spi.Invocation;
import io.dgen.spi.MessageCodec;
import io.dgen.spi.ServerDescriptor;
import java.lang.Override;
import java.lang.String;
import java.lang.SuppressWarnings;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Describes {@link Counter} to a node that hosts it. Thread-safe if the callbacks are.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public final class CounterServer implements ServerDescriptor<Counter.State, CounterMessage> {
  private final Counter callbacks;

  private CounterServer(Counter callbacks) {
    this.callbacks = callbacks;
  }

  /**
   * The server with the callbacks that the interface has.
   *
   * @return the descriptor
   */
  public static CounterServer of() {
    return new CounterServer(new Counter() {});
  }

  /**
   * The server with the callbacks of an implementation.
   *
   * @param implementation has the callbacks; it is used by many threads at a time
   * @return the descriptor
   */
  public static CounterServer of(Counter implementation) {
    return new CounterServer(Objects.requireNonNull(implementation, "implementation"));
  }

  @Override
  public String name() {
    return "Counter";
  }

  @Override
  public MessageCodec<CounterMessage> messages() {
    return CounterCodec.MESSAGES;
  }

  @Override
  public StateCodec<Counter.State> states() {
    return CounterCodec.STATES;
  }

  @Override
  public Counter.State init(Context context) {
    return Callbacks.state(callbacks.init(), "Counter.init()");
  }

  @Override
  public Result<Counter.State> handle(CounterMessage message, Counter.State state,
      Invocation invocation) {
    return switch (message) {
      case CounterMessage.Increment it ->
          Results.noReply(Callbacks.state(callbacks.handleCast(it.message(), state), "Counter.handleCast(Increment, State)"));
      case CounterMessage.Value it ->
          Callbacks.result(callbacks.handleCall(it.message(), state), "Counter.handleCall(Value, State)");
    };
  }
}
