package io.dgen.tests.servers;

import static io.dgen.Results.lock;
import static io.dgen.Results.reply;
import static io.dgen.Results.unlock;

import io.dgen.Call;
import io.dgen.CallResult;
import io.dgen.Cast;
import io.dgen.CastResult;
import io.dgen.LockedContext;
import io.dgen.LockedResult;
import io.dgen.Reply;
import io.dgen.Step;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For locks in the simulation: its messages lock it, and its state tells when two were at work at
 * once.
 */
@DistributedServer
public interface Forge {

  /**
   * What the forge holds.
   *
   * @param onTheAnvil what is being made; null for nothing
   * @param made what has been made, in order
   * @param noted what casts and priority messages noted
   * @param faults what must not be
   */
  record State(
      @Nullable String onTheAnvil, List<String> made, List<String> noted, List<String> faults) {}

  record Make(String what) implements Call<String> {}

  record MakeQuietly(String what) implements Cast {}

  record Note(String what) implements Cast {}

  /** One of several, each of which counts once. */
  record Blow() implements Step<String> {}

  record Read() implements Call<State> {}

  /** Works, for as long as the test likes, and fails if it likes. */
  void work(String what, LockedContext context);

  default State init() {
    return new State(null, List.of(), List.of(), List.of());
  }

  default CallResult<String, State> handleCall(Make message, State state) {
    return lock(begun(message.what(), state));
  }

  default CastResult<State> handleCast(MakeQuietly message, State state) {
    return lock(begun(message.what(), state));
  }

  default LockedResult<String, State> handleLocked(
      Make message, State state, LockedContext context) {
    work(message.what(), context);
    return unlock("made " + message.what(), (State it) -> finished(message.what(), it));
  }

  default LockedResult<Void, State> handleLocked(
      MakeQuietly message, State state, LockedContext context) {
    work(message.what(), context);
    return unlock(it -> finished(message.what(), it));
  }

  default State handleCast(Note message, State state) {
    return new State(
        state.onTheAnvil(), state.made(), and(state.noted(), message.what()), state.faults());
  }

  default Reply<State, State> handleCall(Read message, State state) {
    return reply(state, state);
  }

  /** A piece is begun anew if its smith failed or vanished; no other comes in between. */
  private static State begun(String what, State state) {
    String before = state.onTheAnvil();
    List<String> faults =
        before == null || before.equals(what)
            ? state.faults()
            : and(state.faults(), what + " was begun while " + before + " was on the anvil");
    return new State(what, state.made(), state.noted(), faults);
  }

  private static State finished(String what, State state) {
    List<String> faults =
        what.equals(state.onTheAnvil())
            ? state.faults()
            : and(state.faults(), what + " was finished, and was not on the anvil");
    return new State(null, and(state.made(), what), state.noted(), faults);
  }

  private static List<String> and(List<String> list, String what) {
    List<String> longer = new ArrayList<>(list);
    longer.add(what);
    return longer;
  }
}
