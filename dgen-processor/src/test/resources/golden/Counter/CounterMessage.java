package sample;

import io.dgen.generated.MessageWrapper;
import io.dgen.generated.ServerMessage;
import javax.annotation.processing.Generated;

/**
 * A message of {@link Counter}. A switch over its classes, or its kinds, is exhaustive.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
public sealed interface CounterMessage extends ServerMessage {
  /**
   * A message that has a reply.
   */
  sealed interface Call extends CounterMessage {
  }

  /**
   * A message without a reply.
   */
  sealed interface Cast extends CounterMessage {
  }

  /**
   * A {@link Counter.Increment}.
   */
  final class Increment extends MessageWrapper<Counter.Increment> implements Cast {
    public Increment(Counter.Increment message) {
      super(message);
    }
  }

  /**
   * A {@link Counter.Value}.
   */
  final class Value extends MessageWrapper<Counter.Value> implements Call {
    public Value(Counter.Value message) {
      super(message);
    }
  }
}
