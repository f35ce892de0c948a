package sample;

import io.dgen.generated.MessageWrapper;
import io.dgen.generated.ServerMessage;
import javax.annotation.processing.Generated;

/**
 * A message of {@link Drawing}. A switch over its classes, or its kinds, is exhaustive.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
sealed interface DrawingMessage extends ServerMessage {
  /**
   * A message that has a reply.
   */
  sealed interface Call extends DrawingMessage {
  }

  /**
   * A message without a reply.
   */
  sealed interface Cast extends DrawingMessage {
  }

  /**
   * A {@link Drawing.Draw}.
   */
  final class Draw extends MessageWrapper<Drawing.Draw> implements Cast {
    public Draw(Drawing.Draw message) {
      super(message);
    }
  }

  /**
   * A {@link Drawing.Find}.
   */
  final class Find extends MessageWrapper<Drawing.Find> implements Call {
    public Find(Drawing.Find message) {
      super(message);
    }
  }
}
