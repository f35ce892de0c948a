package io.dgen.tests.servers;

import static io.dgen.Results.reply;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.Info;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import io.dgen.store.StoreError;
import io.dgen.store.StoreException;
import java.util.ArrayList;
import java.util.List;

/** For retries: its callbacks fail on demand, the first so many times. */
@DistributedServer
public interface Flaky {

  record State(List<String> done) {}

  /** What a failing attempt throws. */
  enum How {
    EXCEPTION,
    STACK_OVERFLOW,
    ERROR,
    NULL_STATE,
    OUT_OF_MEMORY,
    /** As from a store of the user's own: no conflict of the engine's. */
    STORE_CONFLICT,
    STORE_CLOSED,
    /** Its text cannot be stored as it is: cut at the limit, it would end in half a character. */
    LONG_TEXT,
    /** Its text cannot be had at all. */
    NO_TEXT,
    /** The thread's interrupt flag stays set. */
    INTERRUPTED
  }

  record Work(String name, int failures, How how) implements Cast {}

  record Task(String name, int failures) implements Call<Integer> {}

  record Hint(String name, boolean fails) implements Info {}

  record Done() implements Call<List<String>> {}

  /** Told of each run of a callback. */
  void ran(Context context, String name);

  default State init(Context context) {
    ran(context, "init");
    return new State(List.of());
  }

  default State handleCast(Work message, State state, Context context) {
    ran(context, message.name());
    if (context.attempt() > message.failures()) {
      return with(state, message.name());
    }
    return switch (message.how()) {
      case EXCEPTION -> throw new IllegalStateException("as asked: " + message.name());
      case STACK_OVERFLOW -> deeper(with(state, "deeper"), 0);
      case ERROR -> throw new AssertionError("as asked: " + message.name());
      case OUT_OF_MEMORY -> throw new OutOfMemoryError("as asked: " + message.name());
      case NULL_STATE -> nothing();
      case STORE_CONFLICT -> throw new StoreException(StoreError.NOT_COMMITTED);
      case STORE_CLOSED -> throw new StoreException(StoreError.STORE_CLOSED);
      case LONG_TEXT ->
          throw new IllegalStateException("xx" + "x\uD83D\uDE00".repeat(1000) + "\uD83D");
      case NO_TEXT -> throw new Speechless();
      case INTERRUPTED -> {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("as asked: " + message.name());
      }
    };
  }

  default Reply<Integer, State> handleCall(Task message, State state, Context context) {
    ran(context, message.name());
    if (context.attempt() <= message.failures()) {
      throw new IllegalStateException("as asked: " + message.name());
    }
    return reply(context.attempt(), with(state, message.name()));
  }

  default State handleInfo(Hint message, State state, Context context) {
    ran(context, message.name());
    if (message.fails()) {
      throw new IllegalStateException("as asked: " + message.name());
    }
    return with(state, message.name());
  }

  default List<String> handleCall(Done message, State state) {
    return state.done();
  }

  /** An exception that is itself broken. */
  final class Speechless extends RuntimeException {

    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no text");
    }
  }

  private static State deeper(State state, int depth) {
    return depth < 0 ? state : deeper(state, depth + 1);
  }

  @SuppressWarnings("NullAway") // What a callback of code without null checks may do.
  private static State nothing() {
    return null;
  }

  private static State with(State state, String name) {
    List<String> done = new ArrayList<>(state.done());
    done.add(name);
    return new State(done);
  }
}
