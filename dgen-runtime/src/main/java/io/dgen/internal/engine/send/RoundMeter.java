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
 * Tells {@link Metrics} of rounds and refused messages, and makes no figures where nobody takes
 * them. Thread-safe.
 */
public final class RoundMeter {

  private static final Logger LOG = LoggerFactory.getLogger(RoundMeter.class);

  private final Metrics metrics;
  private final Environment environment;
  private final boolean isUsed;

  @SuppressWarnings("ReferenceEquality") // The one that takes no figures.
  public RoundMeter(Metrics metrics, Environment environment) {
    this.metrics = metrics;
    this.environment = environment;
    this.isUsed = metrics != Metrics.NONE;
  }

  /** Returns when a round begins. */
  public long begin() {
    return isUsed ? environment.nanoTime() : 0;
  }

  /** A message was refused: its sender hears of that, whatever the metrics make of it. */
  public void overloaded(String server) {
    try {
      metrics.overloaded(server);
    } catch (Throwable e) {
      SafeLog.error(LOG, "the metrics failed on a message to " + server + " that was refused", e);
    }
  }

  /** A round is over. One that ran nothing and met nobody is none. */
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
        SafeLog.error(LOG, "the metrics failed on a round of " + server, e);
      } finally {
        state.restore();
      }
    }
  }
}
