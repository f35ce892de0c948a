package io.dgen.tests.simulation;

import static io.dgen.Results.lock;
import static io.dgen.Results.reply;
import static io.dgen.Results.unlock;

import io.dgen.Call;
import io.dgen.Cast;
import io.dgen.Context;
import io.dgen.Lock;
import io.dgen.LockedResult;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;
import java.util.ArrayList;
import java.util.List;

/**
 * Messages that lock it and messages that go past the lock write into one list: whatever gives the
 * lock back by a stale look at the entity takes something out of it.
 */
@DistributedServer(name = "Ledger")
interface Ledger {

  /**
   * What was entered.
   *
   * @param entries in order
   */
  record State(List<String> entries) {}

  /** Locks the ledger, and enters something when it gives the lock back. */
  record Book(String what) implements Call<String> {}

  /** Enters something. */
  record Note(String what) implements Cast {}

  record Read() implements Call<State> {}

  /** Works while the ledger is locked, for as long as the test likes, and fails if it likes. */
  void work(String what, Context context);

  /** Is called in the transaction that gives the lock back, behind its reads. */
  void unlocking();

  default State init() {
    return new State(List.of());
  }

  default Lock<String, State> handleCall(Book message, State state) {
    return lock(state);
  }

  default LockedResult<String, State> handleLocked(Book message, State state, Context context) {
    work(message.what(), context);
    return unlock(
        "booked " + message.what(),
        (State it) -> {
          unlocking();
          return entered(it, message.what());
        });
  }

  default State handleCast(Note message, State state) {
    return entered(state, message.what());
  }

  default Reply<State, State> handleCall(Read message, State state) {
    return reply(state, state);
  }

  private static State entered(State state, String what) {
    List<String> entries = new ArrayList<>(state.entries());
    entries.add(what);
    return new State(entries);
  }
}
