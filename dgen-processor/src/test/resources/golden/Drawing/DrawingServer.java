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
 * Describes {@link Drawing} to a node that hosts it. Thread-safe if the callbacks are.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
final class DrawingServer implements ServerDescriptor<Drawing.State, DrawingMessage> {
  private final Drawing callbacks;

  private DrawingServer(Drawing callbacks) {
    this.callbacks = callbacks;
  }

  /**
   * The server with the callbacks of an implementation.
   *
   * @param implementation has the callbacks; it is used by many threads at a time
   * @return the descriptor
   */
  public static DrawingServer of(Drawing implementation) {
    return new DrawingServer(Objects.requireNonNull(implementation, "implementation"));
  }

  @Override
  public String name() {
    return "Drawing";
  }

  @Override
  public MessageCodec<DrawingMessage> messages() {
    return DrawingCodec.MESSAGES;
  }

  @Override
  public StateCodec<Drawing.State> states() {
    return DrawingCodec.STATES;
  }

  @Override
  public Drawing.State init(Context context) {
    return Callbacks.state(callbacks.init(), "Drawing.init()");
  }

  @Override
  public Result<Drawing.State> handle(DrawingMessage message, Drawing.State state,
      Invocation invocation) {
    return switch (message) {
      case DrawingMessage.Draw it ->
          Results.noReply(Callbacks.state(callbacks.handleCast(it.message(), state), "Drawing.handleCast(Draw, State)"));
      case DrawingMessage.Find it ->
          Results.reply(callbacks.handleCall(it.message(), state), state);
    };
  }
}
