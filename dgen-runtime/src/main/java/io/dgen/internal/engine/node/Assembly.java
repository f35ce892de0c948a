package io.dgen.internal.engine.node;

import io.dgen.DgenOptions;
import io.dgen.internal.engine.activation.ActivationServices;
import io.dgen.internal.engine.activation.Activations;
import io.dgen.internal.engine.activation.NodeActivations;
import io.dgen.internal.engine.cluster.Flights;
import io.dgen.internal.engine.cluster.HostedServers;
import io.dgen.internal.engine.cluster.Membership;
import io.dgen.internal.engine.cluster.Ownership;
import io.dgen.internal.engine.cluster.RunningTime;
import io.dgen.internal.engine.cluster.Suspects;
import io.dgen.internal.engine.control.ControlServices;
import io.dgen.internal.engine.failure.BackOff;
import io.dgen.internal.engine.failure.Failing;
import io.dgen.internal.engine.failure.FailureReports;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.NodeId;
import io.dgen.internal.engine.later.DelayTimers;
import io.dgen.internal.engine.later.DelayedCasts;
import io.dgen.internal.engine.later.DelayedMessages;
import io.dgen.internal.engine.later.ExpiryShards;
import io.dgen.internal.engine.later.IdempotencyStore;
import io.dgen.internal.engine.later.LetterRetention;
import io.dgen.internal.engine.later.OutgoingMessages;
import io.dgen.internal.engine.later.TransactionOutbox;
import io.dgen.internal.engine.query.EntityReader;
import io.dgen.internal.engine.query.Queries;
import io.dgen.internal.engine.query.QueryAnswers;
import io.dgen.internal.engine.query.QueryCallbacks;
import io.dgen.internal.engine.query.QueryServer;
import io.dgen.internal.engine.query.QueryThreads;
import io.dgen.internal.engine.query.RemoteQueries;
import io.dgen.internal.engine.query.TransactionQueries;
import io.dgen.internal.engine.round.RoundLimits;
import io.dgen.internal.engine.round.RoundServices;
import io.dgen.internal.engine.round.RoundSettings;
import io.dgen.internal.engine.send.Completions;
import io.dgen.internal.engine.send.Deadlines;
import io.dgen.internal.engine.send.LaneServices;
import io.dgen.internal.engine.send.MemoryBudget;
import io.dgen.internal.engine.send.Replies;
import io.dgen.internal.engine.send.ReplyMailbox;
import io.dgen.internal.engine.send.RoundMeter;
import io.dgen.internal.engine.send.SenderTimeouts;
import io.dgen.internal.engine.send.Whereabouts;
import io.dgen.internal.engine.shards.ShardConsumers;
import io.dgen.internal.engine.shards.ShardDuties;
import io.dgen.internal.engine.tx.CallerWork;
import io.dgen.internal.engine.tx.NodeStore;
import io.dgen.internal.engine.tx.Receipts;
import io.dgen.internal.engine.tx.Transactor;
import io.dgen.internal.engine.work.Errands;
import io.dgen.internal.engine.work.FairScheduler;
import io.dgen.internal.engine.work.InFlight;
import io.dgen.internal.engine.work.Lifecycle;
import io.dgen.internal.engine.work.LogContext;
import io.dgen.internal.engine.work.Steady;
import io.dgen.internal.engine.work.Trials;
import io.dgen.spi.Environment;
import io.dgen.store.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Assembles one node, bottom up. Parts that must call what is created later are given a reference
 * to {@link NodeActivations}, which finds it.
 */
public final class Assembly {

  final NodeStore store;
  final Lifecycle lifecycle = new Lifecycle();
  final InFlight busy = new InFlight();
  final FairScheduler turns;
  final Replies replies;
  final Membership membership;
  final HostedServers servers;
  final Suspects suspects;
  final Flights flights = new Flights();
  final ShardConsumers consumers;
  final NodeActivations activations;
  final Queries queries;
  final QueryServer queryServer;
  final Errands errands;
  final Inspector inspector;
  final NodeSender sender;

  /**
   * Creates the parts.
   *
   * @param onMove run when the ownership of entities has changed
   */
  Assembly(Store opened, DgenOptions options, Environment callers, Runnable onMove) {
    Environment environment = new Steady(callers);
    KeyLayout layout = new KeyLayout(options.root().getBytes(StandardCharsets.UTF_8));
    NodeId node = NodeId.random(environment.random());
    Receipts receipts = new Receipts(layout, node);
    store =
        new NodeStore(
            opened, layout, node, environment, new Transactor(opened, environment, receipts));
    Duration pollInterval = options.pollInterval();
    activations = new NodeActivations(store, pollInterval);
    errands = new Errands(callers);
    turns = new FairScheduler(options.maxConcurrentRounds(), environment);
    servers = new HostedServers(options.failurePolicy());
    suspects = new Suspects(opened.scratchDirectory());
    replies = replies(pollInterval);
    RunningTime runningTime = new RunningTime(layout, callers, options.livenessTimeout());
    membership =
        new Membership(
            layout,
            node,
            environment,
            store.transactor(),
            receipts,
            runningTime,
            options.livenessTimeout(),
            suspects,
            onMove);
    Ownership ownership = new Ownership(membership, servers, lifecycle);
    Deadlines deadlines = new Deadlines(environment);
    LetterRetention letters =
        new LetterRetention(layout, environment, runningTime, options.deadLetterRetention());
    IdempotencyStore records =
        new IdempotencyStore(
            layout, environment, runningTime, options.idempotencyRetention(), letters);
    DelayedMessages delayed = new DelayedMessages(layout, node, environment);
    DelayTimers due = new DelayTimers(store, delayed, busy, pollInterval, activations);
    EntityReader reader = new EntityReader(store, activations);
    QueryCallbacks queryCallbacks = new QueryCallbacks(servers, environment);
    TransactionOutbox.Shared shared =
        new TransactionOutbox.Shared(
            store, delayed, records, new TransactionQueries(reader, queryCallbacks));
    DelayedCasts casts = new DelayedCasts(shared, deadlines, due, busy, callers);
    ExpiryShards expiry = new ExpiryShards(records, store, activations, pollInterval);
    consumers =
        new ShardConsumers(
            store,
            pollInterval,
            turns,
            activations::signal,
            shard -> new ShardDuties(environment, due, records, expiry, pollInterval, shard));
    RoundServices rounds =
        new RoundServices(
            replies,
            new Failing(
                new FailureReports(
                    options.failureListener().orElse(null), options.metrics(), environment),
                new BackOff(options.firstRetryDelay(), options.maxRetryDelay(), environment),
                servers,
                replies.mailbox(),
                new OutgoingMessages(shared, due, casts),
                letters),
            flights,
            new LogContext(),
            settings(options));
    Activations table = new Activations(options.maxActivations(), options.maxRememberedBytes());
    ActivationServices services =
        new ActivationServices(
            rounds,
            new ControlServices(busy, lifecycle, activations, activations),
            new LaneServices(
                options.bounds(),
                new MemoryBudget(options.bounds().nodeBytes()),
                new RoundMeter(options.metrics(), environment),
                deadlines,
                turns),
            ownership,
            new ActivationServices.Remembered(table, suspects, new Trials(environment)));
    activations.begin(services);
    CallerWork work = new CallerWork(lifecycle, errands, store.transactor(), options.timeout());
    QueryThreads threads =
        new QueryThreads(
            environment,
            busy,
            rounds.logContext(),
            deadlines,
            options.slowCallback(),
            options.maxConcurrentQueries());
    queries =
        new Queries(
            store,
            reader,
            queryCallbacks,
            threads,
            new RemoteQueries(
                store, ownership, replies.mailbox(), deadlines, replies.completions(), threads),
            replies.completions());
    queryServer =
        new QueryServer(
            store,
            queries,
            queryCallbacks,
            threads,
            new QueryAnswers(store, replies.mailbox(), busy),
            pollInterval);
    inspector = new Inspector(store, services, work);
    Whereabouts whereabouts = new Whereabouts(store, address -> ownership.owner(address) != null);
    sender =
        new NodeSender(
            services,
            activations,
            new SenderServices(
                new SenderTimeouts(deadlines, environment, whereabouts),
                queries,
                callers,
                options.timeout(),
                opened),
            work,
            inspector);
  }

  private Replies replies(Duration pollInterval) {
    Completions completions = new Completions(store.environment());
    return new Replies(
        completions,
        new ReplyMailbox(store, completions, pollInterval, activations::endedElsewhere));
  }

  private static RoundSettings settings(DgenOptions options) {
    return new RoundSettings(
        RoundLimits.DEFAULT,
        options.lockTimeout().toNanos() / 1000,
        options.lockLost(),
        options.slowCallback(),
        options.cache());
  }
}
