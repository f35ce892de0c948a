package io.dgen.internal.engine.query;

import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.send.Deadlines;
import io.dgen.internal.engine.work.InFlight;
import io.dgen.internal.engine.work.LogContext;
import io.dgen.internal.engine.work.ThreadState;
import io.dgen.spi.Environment;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs queries on threads for user code, up to a bound: a query that never returns takes a place
 * for ever, and no more than that. Thread-safe.
 */
public final class QueryThreads {

  private static final Logger LOG = LoggerFactory.getLogger(QueryThreads.class);

  private final Environment environment;
  private final InFlight busy;
  private final LogContext logContext;
  private final Deadlines deadlines;
  private final Duration slow;
  private final int max;
  private final AtomicInteger taken = new AtomicInteger();

  /**
   * Creates it.
   *
   * @param slow how long a query may run before it is logged
   * @param max how many run at once
   */
  public QueryThreads(
      Environment environment,
      InFlight busy,
      LogContext logContext,
      Deadlines deadlines,
      Duration slow,
      int max) {
    this.environment = environment;
    this.busy = busy;
    this.logContext = logContext;
    this.deadlines = deadlines;
    this.slow = slow;
    this.max = max;
  }

  /** Returns the text of the error for a query that finds no place. */
  String refused(String query) {
    return query
        + " was refused: "
        + max
        + " queries run on this node, as many as DgenOptions.maxConcurrentQueries allows. Send it"
        + " again later, or raise the bound";
  }

  /** Takes a place for a query that will run or wait; returns false if there is none. */
  boolean tryTake() {
    if (taken.incrementAndGet() <= max) {
      return true;
    }
    taken.decrementAndGet();
    return false;
  }

  /** Gives a place back. */
  void giveBack() {
    taken.decrementAndGet();
  }

  /**
   * Runs a query in the place that it has taken, and gives that back.
   *
   * @param body returns what is to be done with the result, which may run other user code; neither
   *     throws anything
   */
  void run(Address address, String name, Supplier<Runnable> body) {
    busy.begin();
    environment.executeUserCode(() -> runHere(address, name, body));
  }

  private void runHere(Address address, String name, Supplier<Runnable> body) {
    Runnable completion = () -> {};
    Running running = new Running(address, name, Thread.currentThread());
    try {
      logContext.enter(address);
      logContext.message(name);
      deadlines.add(running, slow);
      ThreadState state = ThreadState.enter();
      completion = body.get();
      state.restore();
    } finally {
      running.end();
      logContext.leave();
      giveBack();
      busy.end();
    }
    completion.run();
  }

  /** A query that is running, which is logged if it is slow. */
  private final class Running extends Deadlines.Entry {

    private final Address address;
    private final String name;

    /** Guarded by {@code this}; null once the query has ended. */
    private @Nullable Thread thread;

    Running(Address address, String name, Thread thread) {
      this.address = address;
      this.name = name;
      this.thread = thread;
    }

    synchronized void end() {
      thread = null;
      deadlines.remove(this);
    }

    @Override
    public synchronized void expired() {
      Thread here = thread;
      if (here != null) {
        Exception where = new Exception("the stack of the callback");
        where.setStackTrace(here.getStackTrace());
        LOG.warn(
            "the query {} to {} has been running for {} ms on thread {}; if it never returns, it"
                + " takes one of the {} places for queries on this node for ever",
            name,
            address,
            slow.toMillis(),
            here.getName(),
            max,
            where);
        deadlines.add(this, slow);
      }
    }
  }
}
