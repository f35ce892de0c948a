package io.dgen.internal.engine.tx;

import io.dgen.internal.engine.work.Timers;
import io.dgen.spi.Environment;
import io.dgen.store.Store;
import io.dgen.store.StoreException;
import io.dgen.store.Transaction;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loop that scans whenever a key changes. Each scan sets the watch in the transaction that reads,
 * so that a write after the read fires the watch: no change is missed. A slow poll backs up the
 * watch. While nothing happens the loop holds one watch and one timer, and no thread.
 */
public final class WatchLoop {

  private static final Logger LOG = LoggerFactory.getLogger(WatchLoop.class);

  /**
   * The delay after a watch or a scan failed: short, since what a failed scan has missed waits
   * until then.
   */
  public static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  /** The work for each change. */
  @FunctionalInterface
  public interface Scan {

    /**
     * Reads, and acts on what was read. May run again for the same change. If it writes, it must
     * return true, so that a read-only transaction sets the watch and concurrent changes to the key
     * do not make it fail.
     *
     * @return whether there is more to read at once
     */
    boolean run(Transaction transaction) throws InterruptedException;

    /**
     * Returns when the next scan may begin. The loop waits for it without a thread.
     *
     * @return a future that does not fail
     */
    default CompletableFuture<Void> ready() {
      return CompletableFuture.completedFuture(null);
    }
  }

  private final String name;
  private final Store store;
  private final Environment environment;
  private final Executor threads;
  private final byte[] key;
  private final Duration pollInterval;
  private final Scan scan;

  /** What wakes the loop; null while it scans. */
  private final AtomicReference<@Nullable Wait> waiting = new AtomicReference<>();

  private volatile boolean stopped;

  /**
   * Creates a loop.
   *
   * @param threads run the scans
   */
  public WatchLoop(
      String name,
      Store store,
      Environment environment,
      Executor threads,
      byte[] key,
      Duration pollInterval,
      Scan scan) {
    this.name = name;
    this.store = store;
    this.environment = environment;
    this.threads = threads;
    this.key = key;
    this.pollInterval = pollInterval;
    this.scan = scan;
  }

  public void start() {
    threads.execute(this::scan);
  }

  /** Stops the loop; a scan that is running is its last. */
  public void stop() {
    stopped = true;
    Wait wait = waiting.getAndSet(null);
    if (wait != null) {
      wait.cancel();
    }
  }

  /** Scans, and survives every error: if the loop ended, messages and replies would be stuck. */
  private void scan() {
    try {
      scanAndWait();
    } catch (Throwable e) {
      // Such as no memory for the next timer, or for logging the failure.
      Timers.insist(environment, afterFailure(), () -> threads.execute(this::scan));
      LOG.error("cannot watch {}; trying again in {}", name, afterFailure(), e);
    }
  }

  private void scanAndWait() {
    CompletableFuture<Void> watch = null;
    Duration poll = pollInterval;
    try {
      while (!stopped && watch == null) {
        CompletableFuture<Void> ready = scan.ready();
        if (!ready.isDone()) {
          var unused = ready.whenComplete((done, error) -> threads.execute(this::scan));
          return;
        }
        watch = scanOnce();
      }
    } catch (StoreException e) {
      if (!stopped) {
        poll = afterFailure();
        LOG.warn("cannot scan {}; trying again in {}: {}", name, poll, e.getMessage());
      }
    } catch (InterruptedException | Error e) {
      poll = afterFailure();
      LOG.error("cannot scan {}; trying again in {}", name, poll, e);
    } catch (RuntimeException e) {
      LOG.error("cannot scan {}; trying again in {}", name, pollInterval, e);
    }
    waitFor(watch == null ? new CompletableFuture<>() : watch, poll);
  }

  /** Scans once; returns null if there is more to read at once. */
  private @Nullable CompletableFuture<Void> scanOnce() throws InterruptedException {
    try (Transaction transaction = store.createTransaction()) {
      while (true) {
        CompletableFuture<Void> watch = null;
        try {
          boolean more = scan.run(transaction);
          if (!more) {
            watch = transaction.watch(key);
          }
          environment.await(transaction.commit());
          return watch;
        } catch (StoreException e) {
          if (watch != null) {
            watch.cancel(false);
          }
          environment.await(transaction.onError(e));
        }
      }
    }
  }

  private void waitFor(CompletableFuture<Void> watch, Duration poll) {
    Wait wait = new Wait(watch);
    waiting.set(wait);
    if (stopped) {
      stop();
      return;
    }
    wait.poll = environment.schedule(poll, () -> wake(wait));
    var unused =
        watch.whenComplete(
            (fired, error) -> {
              if (error == null) {
                wake(wait);
              } else {
                watchFailed(wait, error);
              }
            });
  }

  /** Scans again soon, but not at once: a store with too many watches would refuse each new one. */
  private void watchFailed(Wait wait, Throwable error) {
    if (waiting.get() == wait) {
      LOG.debug("the watch of {} failed; scanning again in {}", name, afterFailure(), error);
      wait.cancel();
      wait.poll = environment.schedule(afterFailure(), () -> wake(wait));
    }
  }

  private Duration afterFailure() {
    return pollInterval.compareTo(AFTER_FAILURE) < 0 ? pollInterval : AFTER_FAILURE;
  }

  /** Begins a scan, whichever of the two wakes first; the other is cancelled. */
  private void wake(Wait wait) {
    if (waiting.compareAndSet(wait, null)) {
      wait.cancel();
      threads.execute(this::scan);
    }
  }

  private static final class Wait {

    private final CompletableFuture<Void> watch;
    private volatile Environment.@Nullable Cancellable poll;

    Wait(CompletableFuture<Void> watch) {
      this.watch = watch;
    }

    void cancel() {
      watch.cancel(false);
      Environment.Cancellable timer = poll;
      if (timer != null) {
        timer.cancel();
      }
    }
  }
}
