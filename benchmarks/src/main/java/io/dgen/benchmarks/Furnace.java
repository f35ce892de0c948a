package io.dgen.benchmarks;

import static io.dgen.Results.lock;
import static io.dgen.Results.reply;
import static io.dgen.Results.unlock;

import io.dgen.Call;
import io.dgen.Lock;
import io.dgen.LockedResult;
import io.dgen.Reply;
import io.dgen.annotations.DistributedServer;

/** Computes for as long as it is asked to. */
@DistributedServer
interface Furnace {

  record State(long burnt) {}

  /** Computes in the callback. */
  record Burn(long millis) implements Call<Long> {}

  /** Computes under the lock. */
  record Bake(long millis) implements Call<Long> {}

  /** Holds the lock, and does nothing. */
  record Hold(long millis) implements Call<Long> {}

  /** Told when work under the lock begins. */
  void baking();

  default State init() {
    return new State(0);
  }

  default Reply<Long, State> handleCall(Burn message, State state) {
    compute(message.millis());
    return reply(state.burnt() + 1, new State(state.burnt() + 1));
  }

  default Lock<Long, State> handleCall(Bake message, State state) {
    return lock(state);
  }

  default LockedResult<Long, State> handleLocked(Bake message, State state) {
    baking();
    compute(message.millis());
    return unlock(1L, latest -> new State(latest.burnt() + 1));
  }

  default Lock<Long, State> handleCall(Hold message, State state) {
    return lock(state);
  }

  default LockedResult<Long, State> handleLocked(Hold message, State state) {
    try {
      Thread.sleep(message.millis());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return unlock(1L, latest -> latest);
  }

  private static void compute(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }
}
