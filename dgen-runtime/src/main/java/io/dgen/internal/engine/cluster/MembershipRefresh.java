package io.dgen.internal.engine.cluster;

import io.dgen.spi.Environment;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * When to look at the other nodes between two heartbeats: as soon as a conflict says that there may
 * be another owner, and when the time of a node that does not beat is over. One look at a time, and
 * after conflicts not more often than once in an interval. Thread-safe.
 */
final class MembershipRefresh {

  private static final Logger LOG = LoggerFactory.getLogger(MembershipRefresh.class);

  private final Environment environment;
  private final long intervalNanos;
  private final Look look;
  private final AtomicBoolean looking = new AtomicBoolean();

  // What follows is guarded by this.

  private @Nullable Long lastSuspicion;
  private Environment.@Nullable Cancellable timer;
  private boolean stopped;

  MembershipRefresh(Environment environment, Duration interval, Look look) {
    this.environment = environment;
    this.intervalNanos = interval.toNanos();
    this.look = look;
  }

  /** Reads who is alive. */
  @FunctionalInterface
  interface Look {

    void run() throws InterruptedException;
  }

  /** There may be a node that is not known yet. */
  void suspect() {
    synchronized (this) {
      long now = environment.nanoTime();
      if (stopped || (lastSuspicion != null && now - lastSuspicion < intervalNanos)) {
        return;
      }
      lastSuspicion = now;
    }
    environment.execute(this::lookOnce);
  }

  /** Looks after a while, in place of any other time that was given before. */
  synchronized void lookIn(Duration delay) {
    cancel();
    if (!stopped) {
      timer = environment.schedule(delay, () -> environment.execute(this::lookOnce));
    }
  }

  /** No look is needed before the next heartbeat. */
  synchronized void cancel() {
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
  }

  synchronized void stop() {
    stopped = true;
    cancel();
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private void lookOnce() {
    if (isStopped() || !looking.compareAndSet(false, true)) {
      return;
    }
    try {
      look.run();
    } catch (InterruptedException | RuntimeException e) {
      // The next heartbeat looks again, and warns.
      LOG.debug("cannot look which nodes are alive", e);
    } catch (Error e) {
      LOG.error("cannot look which nodes are alive; the next heartbeat looks again", e);
    } finally {
      looking.set(false);
    }
  }
}
