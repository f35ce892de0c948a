package io.dgen.micrometer;

import io.dgen.Metrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a node's figures in a Micrometer registry, under these names, each with the tag {@code
 * server}:
 *
 * <ul>
 *   <li>{@code dgen.rounds}: timer of rounds, commit included
 *   <li>{@code dgen.round.messages}: how many messages a round ran
 *   <li>{@code dgen.round.queue}: how long the queue was when it began
 *   <li>{@code dgen.commits}: timer of the store's commits of rounds
 *   <li>{@code dgen.conflicts}: attempts of rounds that were void
 *   <li>{@code dgen.failures}: failed attempts, with the tag {@code message}
 *   <li>{@code dgen.dead.letters}: messages given up, with the tag {@code message}
 *   <li>{@code dgen.refusals}: messages that callbacks refused, with the tag {@code message}
 *   <li>{@code dgen.deletes}: entities that messages deleted, with the tag {@code message}
 *   <li>{@code dgen.late.answers}: answers that were dropped, since what they answer is no longer
 *       open
 *   <li>{@code dgen.action.failures}: actions that failed
 *   <li>{@code dgen.overloaded}: messages not accepted
 *   <li>{@code dgen.pauses}: entities paused because they failed too often
 * </ul>
 *
 * Thread-safe.
 */
public final class MicrometerMetrics implements Metrics {

  private final MeterRegistry registry;
  private final ConcurrentHashMap<String, Meters> meters = new ConcurrentHashMap<>();

  /**
   * Creates metrics; several nodes may share them.
   *
   * @param registry the registry for the figures
   */
  // Not transitive: a module without Micrometer could then not compile against this one.
  @SuppressWarnings("exports")
  public MicrometerMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /** The meters that every round needs, looked up once. */
  private static final class Meters {

    private final Timer rounds;
    private final DistributionSummary messages;
    private final DistributionSummary queue;
    private final Timer commits;
    private final Counter conflicts;

    Meters(MeterRegistry registry, String server) {
      rounds = registry.timer("dgen.rounds", "server", server);
      messages = registry.summary("dgen.round.messages", "server", server);
      queue = registry.summary("dgen.round.queue", "server", server);
      commits = registry.timer("dgen.commits", "server", server);
      conflicts = registry.counter("dgen.conflicts", "server", server);
    }
  }

  @Override
  public void round(Round round) {
    Meters found = meters.computeIfAbsent(round.server(), name -> new Meters(registry, name));
    found.rounds.record(round.duration());
    found.messages.record(round.messages());
    found.queue.record((double) round.queueLength());
    if (!round.commit().isZero()) {
      found.commits.record(round.commit());
    }
    if (round.conflicts() > 0) {
      found.conflicts.increment(round.conflicts());
    }
  }

  @Override
  public void attemptFailed(String server, String message) {
    registry.counter("dgen.failures", "server", server, "message", message).increment();
  }

  @Override
  public void deadLetter(String server, String message) {
    registry.counter("dgen.dead.letters", "server", server, "message", message).increment();
  }

  @Override
  public void refused(String server, String message) {
    registry.counter("dgen.refusals", "server", server, "message", message).increment();
  }

  @Override
  public void deleted(String server, String message) {
    registry.counter("dgen.deletes", "server", server, "message", message).increment();
  }

  @Override
  public void lateAnswer(String server) {
    registry.counter("dgen.late.answers", "server", server).increment();
  }

  @Override
  public void actionFailed(String server) {
    registry.counter("dgen.action.failures", "server", server).increment();
  }

  @Override
  public void overloaded(String server) {
    registry.counter("dgen.overloaded", "server", server).increment();
  }

  @Override
  public void paused(String server) {
    registry.counter("dgen.pauses", "server", server).increment();
  }
}
