package io.dgen.internal.engine.send;

import io.dgen.Metrics;
import io.dgen.internal.SafeLog;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.internal.engine.work.ThreadState;
import io.dgen.spi.Environment;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports rounds and refused messages to {@link Metrics}, and measures nothing if there are none.
 * Thread-safe.
 */
public final class RoundMeter {

  private static final Logger LOG = LoggerFactory.getLogger(RoundMeter.class);

  private final Metrics metrics;
  private final Environment environment;
  private final boolean isUsed;

  @SuppressWarnings("ReferenceEquality") // The instance that receives nothing.
  public RoundMeter(Metrics metrics, Environment environment) {
    this.metrics = metrics;
    this.environment = environment;
    this.isUsed = metrics != Metrics.NONE;
  }

  /** Returns the start time of a round. */
  public long begin() {
    return isUsed ? environment.nanoTime() : 0;
  }

  /** Reports that a message was refused. Its sender is told of that, even if the metrics fail. */
  public void overloaded(String server) {
    try {
      metrics.overloaded(server);
    } catch (Throwable e) {
      SafeLog.error(
          LOG, "the metrics failed to record a message to " + server + " that was refused", e);
    }
  }

  /** Reports the end of a round. A round that ran nothing and met no conflict is not reported. */
  public void committed(
      String server, long began, int messages, long queueLength, Transactor.Committed<?> done) {
    if (isUsed && (messages > 0 || done.conflicts() > 0)) {
      ThreadState state = ThreadState.enter();
      try {
        metrics.round(
            new Metrics.Round(
                server,
                messages,
                queueLength,
                Duration.ofNanos(environment.nanoTime() - began),
                Duration.ofNanos(done.commitNanos()),
                done.conflicts()));
      } catch (Throwable e) {
        SafeLog.error(LOG, "the metrics failed to record a round of " + server, e);
      } finally {
        state.restore();
      }
    }
  }
}
