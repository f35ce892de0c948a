package io.dgen.internal.engine.work;

import io.dgen.spi.Environment;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Schedules the activations. A bounded number of them work at a time; the others wait, in one line
 * for each server, and the lines take turns, so that no server and no entity starves another. An
 * activation that has taken a step yields to the next one, if any is waiting, and goes to the end
 * of its line.
 *
 * <p>A callback may block, even until a waiting entity has done something for it. So whenever no
 * activation has finished for a while, one more may work, until there is progress again.
 *
 * <p>Thread-safe.
 */
public final class FairScheduler {

  /** The time without progress after which one more may work. */
  private static final Duration STALL = Duration.ofMillis(20);

  private final Environment environment;
  private final int max;

  // Guarded by {@code this}:

  /** How many may work now: more than the bound only while the active ones are stuck. */
  private int limit;

  private int active;

  /** The lines that are not empty; the first is next. */
  private final ArrayDeque<Line> waiting = new ArrayDeque<>();

  private final Map<String, Line> lines = new HashMap<>();

  /** Whether any activation has finished since the watchdog last looked. */
  private boolean moved;

  private boolean watched;
  private boolean stopped;

  /** Read without the lock: whether {@link #waiting} is not empty. */
  private volatile boolean contended;

  /**
   * Creates a scheduler.
   *
   * @param max how many activations may work at a time, at least 1
   */
  public FairScheduler(int max, Environment environment) {
    this.environment = environment;
    this.max = max;
    this.limit = max;
  }

  /** The waiting activations of one server. */
  private static final class Line {

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private List<CompletableFuture<Void>> room = new ArrayList<>(0);

    boolean isFull(int max) {
      return tasks.size() >= max;
    }
  }

  /**
   * Runs a task on a thread for user code, at once or when its turn comes. The task must call
   * {@link #end}.
   */
  public void begin(String server, Runnable task) {
    synchronized (this) {
      if (active >= limit) {
        await(server, task);
        return;
      }
      active++;
    }
    environment.executeUserCode(task);
  }

  /** Returns whether others wait, so that an activation that has taken a step should yield. */
  public boolean isContended() {
    return contended;
  }

  /** Ends a turn, and requests another one, after those that wait. */
  public void giveWay(String server, Runnable task) {
    synchronized (this) {
      await(server, task);
    }
    end();
  }

  /** Ends a turn. */
  public void end() {
    Runnable next = null;
    List<CompletableFuture<Void>> woken = List.of();
    synchronized (this) {
      moved = true;
      Line line = active > limit ? null : waiting.pollFirst();
      if (line == null) {
        active--;
      } else {
        next = line.tasks.removeFirst();
        woken = settle(line);
      }
    }
    if (next != null) {
      environment.executeUserCode(next);
    }
    woken.forEach(it -> it.complete(null));
  }

  /**
   * Returns a future that completes when so few of a server's entities wait that more may be woken:
   * a scan waits for it, so that it does not create activations faster than they can work. A thread
   * that runs user code may complete it: its continuations must run elsewhere.
   */
  public CompletableFuture<Void> room(String server) {
    CompletableFuture<Void> future = new CompletableFuture<>();
    synchronized (this) {
      Line line = lines.get(server);
      if (line != null && line.isFull(max) && !stopped) {
        line.room.add(future);
        return future;
      }
    }
    future.complete(null);
    return future;
  }

  /** Returns whether {@link #room} completes at once. */
  public boolean hasRoom(String server) {
    if (!contended) {
      return true;
    }
    synchronized (this) {
      Line line = lines.get(server);
      return line == null || !line.isFull(max);
    }
  }

  /** Completes all futures of {@link #room}: nothing more will be woken. */
  public void stop() {
    List<CompletableFuture<Void>> woken = new ArrayList<>();
    synchronized (this) {
      stopped = true;
      for (Line line : lines.values()) {
        woken.addAll(line.room);
        line.room = List.of();
      }
    }
    woken.forEach(it -> it.complete(null));
  }

  private void await(String server, Runnable task) {
    Line line = lines.computeIfAbsent(server, name -> new Line());
    if (line.tasks.isEmpty()) {
      waiting.addLast(line);
    }
    line.tasks.addLast(task);
    contended = true;
    if (!watched) {
      watched = true;
      moved = false;
      environment.schedule(STALL, this::watch);
    }
  }

  /**
   * Puts a line last after an activation has left it; returns the futures to complete, since there
   * is room.
   */
  private List<CompletableFuture<Void>> settle(Line line) {
    if (!line.tasks.isEmpty()) {
      waiting.addLast(line);
    }
    contended = !waiting.isEmpty();
    if (line.room.isEmpty() || line.isFull(max)) {
      return List.of();
    }
    List<CompletableFuture<Void>> woken = line.room;
    line.room = new ArrayList<>(0);
    return woken;
  }

  /** Allows one more activation if all are stuck, and fewer again once they are not. */
  private void watch() {
    Runnable next = null;
    List<CompletableFuture<Void>> woken = List.of();
    synchronized (this) {
      if (moved) {
        limit = max + (limit - max) / 2;
      } else {
        limit++;
      }
      moved = false;
      Line line = active < limit ? waiting.pollFirst() : null;
      if (line != null) {
        active++;
        next = line.tasks.removeFirst();
        woken = settle(line);
      }
      watched = !waiting.isEmpty() || limit > max;
      if (watched) {
        environment.schedule(STALL, this::watch);
      }
    }
    if (next != null) {
      environment.executeUserCode(next);
    }
    woken.forEach(it -> it.complete(null));
  }
}
