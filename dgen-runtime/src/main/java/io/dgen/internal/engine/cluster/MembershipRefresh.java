package io.dgen.internal.engine.cluster;

import io.dgen.spi.Environment;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Schedules looks at the other nodes between two heartbeats: as soon as a conflict suggests another
 * owner, and when a node that does not beat expires. One look runs at a time; after conflicts, at
 * most one in an interval. Thread-safe.
 */
final class MembershipRefresh {

  private static final Logger LOG = LoggerFactory.getLogger(MembershipRefresh.class);

  private final Environment environment;
  private final long intervalNanos;
  private final Look look;
  private final AtomicBoolean looking = new AtomicBoolean();

  // Guarded by {@code this}:

  private @Nullable Long lastSuspicion;
  private Environment.@Nullable Cancellable timer;
  private boolean stopped;

  MembershipRefresh(Environment environment, Duration interval, Look look) {
    this.environment = environment;
    this.intervalNanos = interval.toNanos();
    this.look = look;
  }

  /** Reads which nodes are alive. */
  @FunctionalInterface
  interface Look {

    void run() throws InterruptedException;
  }

  /** Reports that there may be an unknown node. */
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

  /** Schedules a look, replacing any earlier schedule. */
  synchronized void lookIn(Duration delay) {
    cancel();
    if (!stopped) {
      timer = environment.schedule(delay, () -> environment.execute(this::lookOnce));
    }
  }

  /** Cancels the scheduled look: the next heartbeat looks soon enough. */
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
      LOG.debug("cannot read which nodes are alive", e);
    } catch (Error e) {
      LOG.error("cannot read which nodes are alive; the next heartbeat tries again", e);
    } finally {
      looking.set(false);
    }
  }
}
