package io.dgen.internal.engine.activation;

import io.dgen.error.DgenException;
import io.dgen.internal.engine.control.EntityLane;
import io.dgen.internal.engine.control.Operation;
import io.dgen.internal.engine.control.Releases;
import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.EndNotice;
import io.dgen.internal.engine.later.DelayTimers;
import io.dgen.internal.engine.query.RememberedState;
import io.dgen.internal.engine.query.RememberedStates;
import io.dgen.internal.engine.tx.Entity;
import io.dgen.internal.engine.tx.NodeStore;
import io.dgen.internal.engine.work.Lifecycle;
import io.dgen.internal.engine.work.Wakeups;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds or creates the activations of one node, and wakes them. Thread-safe. */
public final class NodeActivations
    implements Wakeups, Releases, DelayTimers.Host, RememberedStates {

  private static final Duration SHORTEST_WAIT = Duration.ofMillis(2);

  private static final Operation FORGET =
      new Operation() {
        @Override
        public void run(EntityLane lane) {
          lane.forget();
        }

        @Override
        public void fail(DgenException error) {
          // The activation has ended, and what it had in memory with it.
        }
      };

  private final NodeStore store;
  private final Duration pollInterval;

  /** Null until the node is assembled: the services refer to this. */
  private volatile @Nullable ActivationServices services;

  public NodeActivations(NodeStore store, Duration pollInterval) {
    this.store = store;
    this.pollInterval = pollInterval;
  }

  /** Sets the services that activations share; called once, before anything is sent. */
  public void begin(ActivationServices shared) {
    services = shared;
  }

  private ActivationServices services() {
    return Objects.requireNonNull(services, "the node is not assembled yet");
  }

  /** Returns an entity of this node's store. */
  public Entity entity(Address address) {
    return store.entity(address);
  }

  @SuppressWarnings("unchecked") // A server's name identifies the type of its messages.
  public <M> Activation<?, M> of(Address address) {
    ActivationServices shared = services();
    return (Activation<?, M>)
        shared
            .remembered()
            .activations()
            .get(address, key -> new Activation<>(store.entity(key), shared));
  }

  @Override
  public @Nullable RememberedState remembered(Address address) {
    Activation<?, ?> activation = services().remembered().activations().find(address);
    return activation == null ? null : activation.published();
  }

  /** Signals that an entity's queue may hold messages. */
  public void signal(Address address, boolean backOffEnded) {
    Lifecycle lifecycle = services().control().lifecycle();
    while (!lifecycle.isClosing() && !of(address).inbox().signalQueued(backOffEnded)) {}
  }

  @Override
  public void signalIfOwned(Address address) {
    if (services().ownership().owns(address)) {
      signal(address, false);
    }
  }

  @Override
  public void forget(Address address) {
    Activation<?, ?> activation = services().remembered().activations().find(address);
    if (activation != null) {
      var unused = activation.inbox().offer(FORGET);
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>The delay is at least {@link #SHORTEST_WAIT}: while nothing commits, FoundationDB's versions
   * may stand still for seconds, and a wait that seems to be nearly over would be checked again and
   * again; and at most a poll interval, since the reason to wait may end earlier, for example when
   * another node kills the entity.
   */
  @Override
  public void scheduleSignal(Address address, long micros) {
    Duration wait = Duration.ofNanos(micros * 1000);
    Duration atMost = wait.compareTo(pollInterval) > 0 ? pollInterval : wait;
    store
        .environment()
        .schedule(
            atMost.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : atMost,
            () -> signal(address, true));
  }

  @Override
  public Release begin(Address address) {
    Activation<?, ?> activation = of(address);
    activation.inbox().beginRelease();
    return activation.inbox()::endRelease;
  }

  @Override
  public boolean owns(String server, int shard) {
    return services().ownership().ownsShard(server, shard);
  }

  /** Wakes the entity at once if few wait; otherwise the scan of its shard does so when it can. */
  @Override
  public void queued(Address address) {
    if (services().lanes().turns().hasRoom(address.server())) {
      signalIfOwned(address);
    }
  }

  /**
   * Handles a notice that another node has killed or reset an entity that this node, as that one
   * believes, owns.
   */
  public void endedElsewhere(EndNotice notice) {
    Activation<?, ?> activation = services().remembered().activations().find(notice.address());
    if (activation != null) {
      store.environment().execute(() -> activation.endedElsewhere(notice.version()));
    }
  }

  /** Fails every sender that still waits for something in this node's memory. */
  public void abandon() {
    for (Activation<?, ?> activation : services().remembered().activations().all()) {
      activation.abandon();
    }
  }
}
