package sample;

import io.dgen.Context;
import io.dgen.Result;
import io.dgen.Results;
import io.dgen.generated.Callbacks;
import io.dgen.generated.GeneratedServer;
import io.dgen.generated.Invocation;
import java.util.Objects;
import javax.annotation.processing.Generated;

/**
 * Describes {@link Counter} to a node that hosts it. Thread-safe if the callbacks are.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public final class CounterServer extends GeneratedServer<Counter.State, CounterMessage> {
  private final Counter callbacks;

  private CounterServer(Counter callbacks) {
    super("Counter", CounterCodec.MESSAGES, CounterCodec.STATES);
    this.callbacks = Objects.requireNonNull(callbacks, "implementation");
  }

  /**
   * Returns the server, with the callbacks of the interface.
   */
  public static CounterServer of() {
    return new CounterServer(new Counter() {});
  }

  /**
   * Returns the server, with the callbacks of an implementation, which many threads use.
   */
  public static CounterServer of(Counter implementation) {
    return new CounterServer(implementation);
  }

  @Override
  public Counter.State init(Context context) throws Exception {
    return Callbacks.state(callbacks.init(), "Counter.init()");
  }

  @Override
  public Result<Counter.State> handle(CounterMessage message, Counter.State state,
      Invocation invocation) throws Exception {
    return switch (message) {
      case CounterMessage.Increment it ->
          Results.noReply(Callbacks.state(callbacks.handleCast(it.message(), state), "Counter.handleCast(Increment, State)"));
      case CounterMessage.Value it ->
          Callbacks.result(callbacks.handleCall(it.message(), state), "Counter.handleCall(Value, State)");
    };
  }
}
