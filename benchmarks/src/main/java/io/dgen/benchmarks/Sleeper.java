package io.dgen.benchmarks;

import static io.dgen.Results.lock;
import static io.dgen.Results.unlock;

import io.dgen.Cast;
import io.dgen.Lock;
import io.dgen.LockedContext;
import io.dgen.LockedResult;
import io.dgen.annotations.DistributedServer;
import java.time.Duration;
import java.time.Instant;

/** Sleeps under its lock, or is sent a delayed message instead. */
@DistributedServer
interface Sleeper {

  record State(long woken) {}

  /** Sleeps until a time. */
  record Nap(Instant until) implements Cast {}

  /** Comes at a time. */
  record Ring() implements Cast {}

  /** Told when a sleeper goes on, or the message that was delayed instead runs. */
  void woken();

  default State init() {
    return new State(0);
  }

  default Lock<Void, State> handleCast(Nap message, State state) {
    return lock(state);
  }

  default LockedResult<Void, State> handleLocked(Nap message, State state, LockedContext context) {
    context.sleep(Duration.between(context.now(), message.until()));
    woken();
    return unlock(now -> new State(now.woken() + 1));
  }

  default State handleCast(Ring message, State state) {
    woken();
    return new State(state.woken() + 1);
  }
}
