package io.dgen.internal.testing;

import io.dgen.internal.store.Scheduler;
import io.dgen.store.Store;
import io.dgen.store.Transaction;
import io.dgen.store.TransactionOptions;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * A store whose commits fail now and then as FoundationDB's may: with a conflict, or with {@code
 * commit_unknown_result} for a commit that happened or for one that did not. The faults come from
 * the given randomness alone, so that one seed gives one history. Commits of transactions that only
 * read never fail.
 */
public final class FaultInjectingStore implements Store {

  private final Store store;
  private final Faults faults;
  private final RandomGenerator random;
  private final Scheduler scheduler;

  /**
   * How often what goes wrong: probabilities from 0 to 1, whose first three are at most 1 together.
   *
   * @param conflict the commit does not happen and fails with {@code NOT_COMMITTED}
   * @param unknownCommitted the commit happens and fails with {@code COMMIT_UNKNOWN_RESULT}
   * @param unknownNotCommitted the commit does not happen and fails with {@code
   *     COMMIT_UNKNOWN_RESULT}
   * @param delay the commit is held up before anything else happens to it
   * @param maxDelay how long at most; positive
   */
  public record Faults(
      double conflict,
      double unknownCommitted,
      double unknownNotCommitted,
      double delay,
      Duration maxDelay) {

    /** Nothing goes wrong. */
    public static final Faults NONE = new Faults(0, 0, 0, 0, Duration.ofMillis(1));
  }

  /** What happens to one commit. */
  enum Fault {
    NONE,
    CONFLICT,
    UNKNOWN_COMMITTED,
    UNKNOWN_NOT_COMMITTED
  }

  /**
   * Wraps a store, which is closed with this one.
   *
   * @param store the store
   * @param faults how often what goes wrong
   * @param random decides each time; safe for the threads that commit
   * @param scheduler runs the commits that are held up
   */
  public FaultInjectingStore(
      Store store, Faults faults, RandomGenerator random, Scheduler scheduler) {
    this.store = store;
    this.faults = faults;
    this.random = random;
    this.scheduler = scheduler;
  }

  @Override
  public Transaction createTransaction(TransactionOptions options) {
    return new FaultInjectingTransaction(store.createTransaction(options), this);
  }

  @Override
  public void close() {
    store.close();
  }

  /** Decides what happens to a commit. */
  Fault nextFault() {
    double draw = random.nextDouble();
    if (draw < faults.conflict()) {
      return Fault.CONFLICT;
    }
    draw -= faults.conflict();
    if (draw < faults.unknownCommitted()) {
      return Fault.UNKNOWN_COMMITTED;
    }
    draw -= faults.unknownCommitted();
    return draw < faults.unknownNotCommitted() ? Fault.UNKNOWN_NOT_COMMITTED : Fault.NONE;
  }

  /** Runs a commit, now or after a delay. */
  void run(Runnable commit) {
    if (faults.delay() > 0 && random.nextDouble() < faults.delay()) {
      long nanos = 1 + random.nextLong(faults.maxDelay().toNanos());
      scheduler.schedule(commit, Duration.ofNanos(nanos));
    } else {
      commit.run();
    }
  }
}
