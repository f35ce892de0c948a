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
 * Describes {@link Town.Library} to a node that hosts it. Thread-safe if the callbacks are.
 */
@Generated("io.dgen.processor.DistributedServerProcessor")
@SuppressWarnings({"all", "deprecation", "removal", "exports", "NullAway"})
final class Town_LibraryServer extends GeneratedServer<Town.Books, Town_LibraryMessage> {
  private final Town.Library callbacks;

  private Town_LibraryServer(Town.Library callbacks) {
    super("library/town", Town_LibraryCodec.MESSAGES, Town_LibraryCodec.STATES);
    this.callbacks = Objects.requireNonNull(callbacks, "implementation");
  }

  /**
   * Returns the server, with the callbacks of an implementation, which many threads use.
   */
  public static Town_LibraryServer of(Town.Library implementation) {
    return new Town_LibraryServer(implementation);
  }

  @Override
  public Town.Books init(Context context) throws Exception {
    return Callbacks.state(callbacks.init(context), "Library.init(Context)");
  }

  @Override
  public Result<Town.Books> handle(Town_LibraryMessage message, Town.Books state,
      Invocation invocation) throws Exception {
    return switch (message) {
      case Town_LibraryMessage.Add it ->
          Callbacks.result(callbacks.handleCast(invocation, state, it.message()), "Library.handleCast(Context, Books, Add)");
      case Town_LibraryMessage.Seal it ->
          Callbacks.result(callbacks.handleInfo(state, it.message()), "Library.handleInfo(Books, Seal)");
      case Town_LibraryMessage.Lend it ->
          Callbacks.result(callbacks.handleCall(it.message(), state, invocation), "Library.handleCall(Lend, Books, Context)");
      case Town_LibraryMessage.LoanOf it ->
          Results.reply(callbacks.handleCall(it.message(), state), state);
      case Town_LibraryMessage.Titles it ->
          Results.reply(callbacks.handleCall(it.message(), state), state);
      case Town_LibraryMessage.Sync it ->
          Results.reply(callbacks.handleCall(it.message(), state), state);
    };
  }
}
