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
 * Describes {@link Drawing} to a node that hosts it. Thread-safe if the callbacks are.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
final class DrawingServer extends GeneratedServer<Drawing.State, DrawingMessage> {
  private final Drawing callbacks;

  private DrawingServer(Drawing callbacks) {
    super("Drawing", DrawingCodec.MESSAGES, DrawingCodec.STATES);
    this.callbacks = Objects.requireNonNull(callbacks, "implementation");
  }

  /**
   * Returns the server, with the callbacks of an implementation, which many threads use.
   */
  public static DrawingServer of(Drawing implementation) {
    return new DrawingServer(implementation);
  }

  @Override
  public Drawing.State init(Context context) throws Exception {
    return Callbacks.state(callbacks.init(), "Drawing.init()");
  }

  @Override
  public Result<Drawing.State> handle(DrawingMessage message, Drawing.State state,
      Invocation invocation) throws Exception {
    return switch (message) {
      case DrawingMessage.Draw it ->
          Results.noReply(Callbacks.state(callbacks.handleCast(it.message(), state), "Drawing.handleCast(Draw, State)"));
      case DrawingMessage.Find it ->
          Results.reply(callbacks.handleCall(it.message(), state), state);
    };
  }
}
