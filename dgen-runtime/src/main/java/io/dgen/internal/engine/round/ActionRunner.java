package io.dgen.internal.engine.round;

import io.dgen.Failure;
import io.dgen.HaltingAction;
import io.dgen.internal.SafeLog;
import io.dgen.internal.engine.failure.FailureReports;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.internal.engine.work.InFlight;
import io.dgen.internal.engine.work.LogContext;
import io.dgen.internal.engine.work.ThreadState;
import io.dgen.internal.engine.work.UserErrors;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the actions of one entity after their commits: one after another, in the order of the
 * commits, on a thread of its own while there are any. Thread-safe.
 */
public final class ActionRunner<S> {

  private static final Logger LOG = LoggerFactory.getLogger(ActionRunner.class);

  /** How many messages' actions may wait before the entity takes no further round. */
  private static final int MAX_WAITING = 10_000;

  private final Entity entity;
  private final Address address;
  private final InFlight busy;
  private final LogContext logContext;
  private final FailureReports reports;

  /** Called when rounds may continue. */
  private final Runnable onRoom;

  private final ArrayDeque<Waiting<S>> waiting = new ArrayDeque<>();
  private boolean running;

  public ActionRunner(
      Entity entity,
      InFlight busy,
      LogContext logContext,
      FailureReports reports,
      Runnable onRoom) {
    this.entity = entity;
    this.address = entity.address();
    this.busy = busy;
    this.logContext = logContext;
    this.reports = reports;
    this.onRoom = onRoom;
  }

  /**
   * The actions of one message.
   *
   * @param message its name, for the log
   */
  public record MessageActions<S>(String message, List<HaltingAction<? super S>> actions) {}

  private record Waiting<S>(MessageActions<S> actions, S state) {}

  /**
   * Runs actions, after those that already wait.
   *
   * @param state the committed state
   */
  public void run(List<MessageActions<S>> actions, S state) {
    if (actions.isEmpty()) {
      return;
    }
    synchronized (this) {
      for (MessageActions<S> each : actions) {
        waiting.add(new Waiting<>(each, state));
      }
      if (running) {
        return;
      }
      running = true;
    }
    busy.begin();
    entity.environment().executeUserCode(this::drain);
  }

  public synchronized boolean isIdle() {
    return !running;
  }

  /** Returns whether so many wait that the entity should not add more. */
  public synchronized boolean isFull() {
    return waiting.size() >= MAX_WAITING;
  }

  private void drain() {
    try {
      Waiting<S> next = next();
      while (next != null) {
        run(next);
        next = next();
      }
    } finally {
      busy.end();
    }
  }

  private @Nullable Waiting<S> next() {
    Waiting<S> next;
    boolean hasRoom;
    synchronized (this) {
      boolean wasFull = isFull();
      next = waiting.poll();
      if (next == null) {
        running = false;
      }
      hasRoom = wasFull && !isFull();
    }
    if (hasRoom) {
      onRoom.run();
    }
    return next;
  }

  /** Runs the actions of one message. If one fails, the rest do not run; the state stands. */
  private void run(Waiting<S> next) {
    int number = 0;
    logContext.enter(address);
    logContext.message(next.actions().message());
    ThreadState state = ThreadState.enter();
    try {
      for (HaltingAction<? super S> action : next.actions().actions()) {
        number++;
        if (!action.run(next.state())) {
          return;
        }
      }
    } catch (Throwable thrown) {
      Throwable e = UserErrors.safe(thrown);
      SafeLog.error(
          LOG,
          "action "
              + number
              + " of "
              + next.actions().message()
              + " of "
              + address
              + " failed; the committed state stands",
          e);
      reports.report(address, Failure.Kind.ACTION, next.actions().message(), 0, e);
    } finally {
      state.restore();
      logContext.leave();
    }
  }
}
