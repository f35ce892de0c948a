package io.dgen.tests.simulation;

import io.dgen.tests.model.Canary;
import io.dgen.tests.model.Reached;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one at a time, in an order drawn from a seed, in virtual time.
 *
 * <p>A task has a thread of its own, but only the one that was given the turn runs; it gives the
 * turn back when it waits or ends. Whoever waits may be overtaken by any other task, so every
 * interleaving of the points at which the engine waits can come up. Time stands still while a task
 * can run, and jumps to the next timer when none can.
 */
final class Simulation {

  private static final long MAX_STEPS = 5_000_000;

  private final Random random;
  private final List<Task> runnable = new ArrayList<>();
  private final PriorityQueue<Timer> timers = new PriorityQueue<>();
  private final Semaphore schedulerTurn = new Semaphore(0);
  private long nanos;
  private long timerNumbers;
  private long steps;
  private long history = 17;
  private @Nullable Task current;
  private @Nullable Throwable failure;
  private Canary canary = new Canary();

  Simulation(long seed) {
    random = new Random(seed);
  }

  RandomGenerator random() {
    return random;
  }

  long nanos() {
    return nanos;
  }

  Instant now() {
    return Instant.EPOCH.plusNanos(nanos);
  }

  /** Tells a canary from now on. */
  void observe(Canary next) {
    canary = next;
  }

  /** How often interesting states were reached, since {@link #observe} if that was called. */
  Map<Reached, Integer> reached() {
    return canary.counts();
  }

  /** An interesting state was reached. */
  void reach(Reached state) {
    canary.reach(state);
  }

  /** The task that has the turn: whoever asks is one. */
  private Task current() {
    return Objects.requireNonNull(current, "only a task of the simulation waits");
  }

  /** Mixes something that happened into the history. */
  void note(long what) {
    history = history * 1_000_003 + what;
  }

  /** A number that is the same for two runs only if everything noted is. */
  long history() {
    return history;
  }

  long steps() {
    return steps;
  }

  /** A lifetime: what belongs to a node that crashed never runs again. */
  static final class Life {

    private boolean over;
    private long suspendedUntil;

    boolean isOver() {
      return over;
    }

    void end() {
      over = true;
    }

    /** Nothing of it runs before a time. */
    void suspend(long until) {
      suspendedUntil = until;
    }
  }

  /** Starts a task. */
  void start(Life life, Runnable body) {
    if (!life.over) {
      runnable.add(new Task(life, body));
    }
  }

  /** Starts a task later. */
  Timer schedule(Life life, Duration delay, Runnable body) {
    Timer timer = new Timer(nanos + delay.toNanos(), timerNumbers++, life, body);
    timers.add(timer);
    return timer;
  }

  /** Waits until a future is done, and lets others run meanwhile, even if it is done already. */
  void await(CompletableFuture<?> future) {
    Task task = current();
    if (future.isDone()) {
      runnable.add(task);
    } else {
      var unused = future.whenComplete((value, error) -> runnable.add(task));
    }
    task.yieldTurn();
  }

  /** Waits for virtual time to pass. */
  void sleep(Duration delay) {
    CompletableFuture<Void> over = new CompletableFuture<>();
    schedule(current().life, delay, () -> over.complete(null));
    await(over);
  }

  /** Runs until a future is done. */
  void runUntil(CompletableFuture<?> done) {
    while (!done.isDone()) {
      step();
    }
  }

  private void step() {
    if (++steps > MAX_STEPS) {
      throw new AssertionError("no end after " + MAX_STEPS + " steps, at " + now());
    }
    if (runnable.isEmpty()) {
      Timer next = timers.poll();
      if (next == null) {
        throw new AssertionError("nothing can run any more at " + now());
      }
      nanos = Math.max(nanos, next.at);
      if (!next.cancelled) {
        start(next.life, next.body);
      }
      return;
    }
    // Swap the drawn one with the last: order in the list means nothing.
    int drawn = random.nextInt(runnable.size());
    Task task = runnable.get(drawn);
    runnable.set(drawn, runnable.getLast());
    runnable.removeLast();
    if (task.life.over) {
      return;
    }
    if (task.life.suspendedUntil > nanos) {
      timers.add(
          new Timer(
              task.life.suspendedUntil, timerNumbers++, new Life(), () -> runnable.add(task)));
      return;
    }
    nanos += 1000 + random.nextInt(20_000);
    note(task.number);
    task.takeTurn();
    if (failure != null) {
      throw new AssertionError("a task failed at " + now(), failure);
    }
  }

  private long taskNumbers;

  /** Something that runs when it has the turn. */
  private final class Task {

    private final long number = taskNumbers++;
    private final Life life;
    private final Runnable body;
    private final Semaphore turn = new Semaphore(0);
    private boolean started;

    Task(Life life, Runnable body) {
      this.life = life;
      this.body = body;
    }

    void takeTurn() {
      current = this;
      if (started) {
        turn.release();
      } else {
        started = true;
        Thread.ofVirtual().start(this::run);
      }
      schedulerTurn.acquireUninterruptibly();
    }

    private void run() {
      try {
        body.run();
      } catch (Throwable e) {
        failure = e;
      }
      schedulerTurn.release();
    }

    void yieldTurn() {
      schedulerTurn.release();
      turn.acquireUninterruptibly();
    }
  }

  /** A task that will start. */
  static final class Timer implements Comparable<Timer> {

    private final long at;
    private final long number;
    private final Life life;
    private final Runnable body;
    private boolean cancelled;

    private Timer(long at, long number, Life life, Runnable body) {
      this.at = at;
      this.number = number;
      this.life = life;
      this.body = body;
    }

    void cancel() {
      cancelled = true;
    }

    @Override
    public int compareTo(Timer other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(number, other.number);
    }
  }
}
