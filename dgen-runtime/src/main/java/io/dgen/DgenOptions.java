package io.dgen;

import io.dgen.internal.Durations;
import io.dgen.spi.Environment;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Options of a node. Immutable; made by a {@link Builder}, which documents each of them.
 *
 * <pre>{@code
 * Dgen.open(store, it -> it.timeout(Duration.ofSeconds(2)).lockLost(LockLost.DROP));
 * }</pre>
 */
public final class DgenOptions {

  /** The default of every option. */
  public static final DgenOptions DEFAULT = new Builder().build();

  /** A copy that is never changed. */
  private final Builder values;

  private DgenOptions(Builder values) {
    this.values = values;
  }

  /**
   * Begins with the defaults.
   *
   * @return a builder
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Begins with these options, which stay as they are.
   *
   * @return a builder
   */
  public Builder toBuilder() {
    return new Builder(values);
  }

  /** {@return see {@link Builder#root}} */
  public String root() {
    return values.root;
  }

  /** {@return see {@link Builder#timeout}} */
  public Duration timeout() {
    return values.timeout;
  }

  /** {@return see {@link Builder#cache}} */
  public boolean cache() {
    return values.cache;
  }

  /** {@return see {@link Builder#maxActivations}} */
  public int maxActivations() {
    return values.maxActivations;
  }

  /** {@return see {@link Builder#maxRememberedBytes}} */
  public long maxRememberedBytes() {
    return values.maxRememberedBytes;
  }

  /** {@return see {@link Builder#maxConcurrentRounds}} */
  public int maxConcurrentRounds() {
    return values.maxConcurrentRounds;
  }

  /** {@return see {@link Builder#maxConcurrentQueries}} */
  public int maxConcurrentQueries() {
    return values.maxConcurrentQueries;
  }

  /** {@return see {@link Builder#callbackThreads}} */
  public CallbackThreads callbackThreads() {
    return values.callbackThreads;
  }

  /** {@return see {@link Builder#slowCallback}} */
  public Duration slowCallback() {
    return values.slowCallback;
  }

  /** {@return see {@link Builder#firstRetryDelay}} */
  public Duration firstRetryDelay() {
    return values.firstRetryDelay;
  }

  /** {@return see {@link Builder#maxRetryDelay}} */
  public Duration maxRetryDelay() {
    return values.maxRetryDelay;
  }

  /** {@return see {@link Builder#failurePolicy}} */
  public FailurePolicy failurePolicy() {
    return values.failurePolicy;
  }

  /** {@return see {@link Builder#failureListener}} */
  public Optional<FailureListener> failureListener() {
    return values.failureListener;
  }

  /** {@return see {@link Builder#lockTimeout}} */
  public Duration lockTimeout() {
    return values.lockTimeout;
  }

  /** {@return see {@link Builder#lockLost}} */
  public LockLost lockLost() {
    return values.lockLost;
  }

  /** {@return see {@link Builder#deadLetterRetention}} */
  public Duration deadLetterRetention() {
    return values.deadLetterRetention;
  }

  /** {@return see {@link Builder#idempotencyRetention}} */
  public Duration idempotencyRetention() {
    return values.idempotencyRetention;
  }

  /** {@return see {@link Builder#livenessTimeout}} */
  public Duration livenessTimeout() {
    return values.livenessTimeout;
  }

  /** {@return see {@link Builder#pollInterval}} */
  public Duration pollInterval() {
    return values.pollInterval;
  }

  /** {@return see {@link Builder#closeTimeout}} */
  public Duration closeTimeout() {
    return values.closeTimeout;
  }

  /** {@return see {@link Builder#closeStore}} */
  public boolean closeStore() {
    return values.closeStore;
  }

  /** {@return see {@link Builder#bounds}} */
  public Bounds bounds() {
    return values.bounds;
  }

  /** {@return see {@link Builder#metrics}} */
  public Metrics metrics() {
    return values.metrics;
  }

  /** {@return see {@link Builder#environment}} */
  public Optional<Environment> environment() {
    return values.environment;
  }

  /**
   * Sets options of a node. Not thread-safe. Methods throw {@link IllegalArgumentException} for a
   * value out of its range. A duration of more than a hundred years, such as {@code
   * Duration.ofSeconds(Long.MAX_VALUE)}, means never, and is kept as a hundred years.
   */
  public static final class Builder {

    private String root = "dgen";
    private Duration timeout = Duration.ofSeconds(5);
    private boolean cache = true;
    private int maxActivations = 10_000;
    private long maxRememberedBytes = Runtime.getRuntime().maxMemory() / 16;
    private int maxConcurrentRounds = 512;
    private int maxConcurrentQueries = 512;
    private CallbackThreads callbackThreads = CallbackThreads.PLATFORM;
    private Duration slowCallback = Duration.ofSeconds(10);
    private Duration firstRetryDelay = Duration.ofMillis(100);
    private Duration maxRetryDelay = Duration.ofSeconds(30);
    private FailurePolicy failurePolicy = FailurePolicy.DEFAULT;
    private Optional<FailureListener> failureListener = Optional.empty();
    private Duration lockTimeout = Duration.ofSeconds(10);
    private LockLost lockLost = LockLost.REDELIVER;
    private Duration deadLetterRetention = Durations.NEVER;
    private Duration idempotencyRetention = Duration.ofHours(24);
    private Duration livenessTimeout = Duration.ofSeconds(5);
    private Duration pollInterval = Duration.ofSeconds(30);
    private Duration closeTimeout = Duration.ofSeconds(10);
    private boolean closeStore = true;
    private Bounds bounds = Bounds.DEFAULT;
    private Metrics metrics = Metrics.NONE;
    private Optional<Environment> environment = Optional.empty();

    private Builder() {}

    private Builder(Builder other) {
      root = other.root;
      timeout = other.timeout;
      cache = other.cache;
      maxActivations = other.maxActivations;
      maxRememberedBytes = other.maxRememberedBytes;
      maxConcurrentRounds = other.maxConcurrentRounds;
      maxConcurrentQueries = other.maxConcurrentQueries;
      callbackThreads = other.callbackThreads;
      slowCallback = other.slowCallback;
      firstRetryDelay = other.firstRetryDelay;
      maxRetryDelay = other.maxRetryDelay;
      failurePolicy = other.failurePolicy;
      failureListener = other.failureListener;
      lockTimeout = other.lockTimeout;
      lockLost = other.lockLost;
      deadLetterRetention = other.deadLetterRetention;
      idempotencyRetention = other.idempotencyRetention;
      livenessTimeout = other.livenessTimeout;
      pollInterval = other.pollInterval;
      closeTimeout = other.closeTimeout;
      closeStore = other.closeStore;
      bounds = other.bounds;
      metrics = other.metrics;
      environment = other.environment;
    }

    /**
     * Sets the prefix of every key. Nodes that share entities share it, and no root begins with
     * another. {@code dgen} by default.
     *
     * @param value the prefix, not empty
     * @return this builder
     */
    public Builder root(String value) {
      if (value.isEmpty()) {
        throw new IllegalArgumentException("root is the prefix of every key and cannot be empty");
      }
      root = value;
      return this;
    }

    /**
     * Sets how long a sender waits unless its client has another timeout. 5 seconds by default.
     *
     * @param value from a millisecond up
     * @return this builder
     */
    public Builder timeout(Duration value) {
      timeout = Durations.option("timeout", value);
      return this;
    }

    /**
     * Sets whether an entity's state is kept in memory between rounds. It is always checked against
     * the store's version first, so this changes speed alone. True by default.
     *
     * @param value whether states are kept
     * @return this builder
     */
    public Builder cache(boolean value) {
      cache = value;
      return this;
    }

    /**
     * Sets how many idle entities are kept in memory; those used least recently are dropped. 10,000
     * by default.
     *
     * @param value at least 1
     * @return this builder
     */
    public Builder maxActivations(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("maxActivations must be at least 1; found " + value);
      }
      maxActivations = value;
      return this;
    }

    /**
     * Sets how large the states in memory may be together, in bytes as they are stored; on the heap
     * they take a few times as much. A state that is dropped is read again when it is needed. A
     * sixteenth of this JVM's maximum heap by default.
     *
     * @param value at least 0
     * @return this builder
     */
    public Builder maxRememberedBytes(long value) {
      if (value < 0) {
        throw new IllegalArgumentException("maxRememberedBytes must be at least 0; found " + value);
      }
      maxRememberedBytes = value;
      return this;
    }

    /**
     * Sets how many entities may run at once on this node, each with a transaction. Others wait for
     * their turn: an entity has one after each of its transactions, and servers take turns, so that
     * neither a busy entity nor a busy server holds up the others. While callbacks block, and no
     * turn came up for 20 ms, one more entity at a time may run. 512 by default.
     *
     * @param value at least 1
     * @return this builder
     */
    public Builder maxConcurrentRounds(int value) {
      if (value < 1) {
        throw new IllegalArgumentException(
            "maxConcurrentRounds must be at least 1; found " + value);
      }
      maxConcurrentRounds = value;
      return this;
    }

    /**
     * Sets how many queries may run or wait at once: those that clients of this node have sent, and
     * those that other nodes have asked this one to run. A further one is refused with an {@link
     * io.dgen.error.OverloadedException}. 512 by default.
     *
     * @param value at least 1
     * @return this builder
     */
    public Builder maxConcurrentQueries(int value) {
      if (value < 1) {
        throw new IllegalArgumentException(
            "maxConcurrentQueries must be at least 1; found " + value);
      }
      maxConcurrentQueries = value;
      return this;
    }

    /**
     * Sets the kind of threads that callbacks, {@code handleLocked}, actions, listeners, metrics
     * and the continuations of futures run on. Not used with an {@link #environment} of one's own.
     * {@link CallbackThreads#PLATFORM} by default.
     *
     * @param value the kind of threads
     * @return this builder
     */
    public Builder callbackThreads(CallbackThreads value) {
      callbackThreads = Objects.requireNonNull(value, "callbackThreads");
      return this;
    }

    /**
     * Sets how long a callback may run before it is logged, as a warning with the stack of its
     * thread, and again each time as long has passed. {@code handleLocked} and actions are not
     * logged. 10 seconds by default.
     *
     * @param value from a millisecond up
     * @return this builder
     */
    public Builder slowCallback(Duration value) {
      slowCallback = Durations.option("slowCallback", value);
      return this;
    }

    /**
     * Sets how long a message waits after its first failure; the delay doubles with each further
     * failure, up to {@link #maxRetryDelay}. 100 milliseconds by default.
     *
     * @param value from a millisecond up
     * @return this builder
     */
    public Builder firstRetryDelay(Duration value) {
      firstRetryDelay = Durations.option("firstRetryDelay", value);
      return this;
    }

    /**
     * Sets the longest delay between two attempts of a message. 30 seconds by default.
     *
     * @param value from a millisecond up, and no shorter than {@link #firstRetryDelay} when built
     * @return this builder
     */
    public Builder maxRetryDelay(Duration value) {
      maxRetryDelay = Durations.option("maxRetryDelay", value);
      return this;
    }

    /**
     * Sets when a message that keeps failing is given up and its entity paused, for servers that
     * are hosted without a policy of their own. {@link FailurePolicy#DEFAULT} by default.
     *
     * @param value the policy
     * @return this builder
     */
    public Builder failurePolicy(FailurePolicy value) {
      failurePolicy = Objects.requireNonNull(value, "failurePolicy");
      return this;
    }

    /**
     * Changes the {@link #failurePolicy(FailurePolicy) failure policy}.
     *
     * @param change such as {@code it -> it.deadLetterThreshold(5)}
     * @return this builder
     */
    public Builder failures(Consumer<? super FailurePolicy.Builder> change) {
      FailurePolicy.Builder policy = failurePolicy.toBuilder();
      change.accept(policy);
      failurePolicy = policy.build();
      return this;
    }

    /**
     * Sets the listener that is told of the failures that this node records. None by default.
     *
     * @param value the listener
     * @return this builder
     */
    public Builder failureListener(FailureListener value) {
      failureListener = Optional.of(value);
      return this;
    }

    /**
     * Sets how long after the last sign of life of a node that holds an entity's lock the lock is
     * taken from it. It does not limit how long work takes: a living node renews its locks. 10
     * seconds by default.
     *
     * @param value from a millisecond up
     * @return this builder
     */
    public Builder lockTimeout(Duration value) {
      lockTimeout = Durations.option("lockTimeout", value);
      return this;
    }

    /**
     * Sets what happens to the message of a lock whose holder died, or that was broken. Redelivery
     * by default.
     *
     * @param value what happens to the message
     * @return this builder
     */
    public Builder lockLost(LockLost value) {
      lockLost = Objects.requireNonNull(value, "lockLost");
      return this;
    }

    /**
     * Sets how long a message that this node gives up is kept among the dead letters: then it is
     * deleted, by the node that owns the entity. Without a limit by default. The time counts as for
     * {@link #idempotencyRetention}.
     *
     * @param value from a millisecond up
     * @return this builder
     */
    public Builder deadLetterRetention(Duration value) {
      deadLetterRetention = Durations.option("deadLetterRetention", value);
      return this;
    }

    /**
     * Sets how long a message that was sent with an idempotency key is remembered after it was
     * processed: within this time it is not processed again. 24 hours by default.
     *
     * <p>The time counts while a node is open, by the steady clocks of nodes: setting a clock, or a
     * jump of the store's versions, takes nothing off it, and while no node is open it stands
     * still. A machine that is suspended takes off at most one {@link #livenessTimeout}. The option
     * of the node that processes the message counts.
     *
     * @param value from a millisecond up
     * @return this builder
     */
    public Builder idempotencyRetention(Duration value) {
      idempotencyRetention = Durations.option("idempotencyRetention", value);
      return this;
    }

    /**
     * Sets how long after its last heartbeat a node is taken for dead. 5 seconds by default.
     *
     * @param value from a millisecond up
     * @return this builder
     */
    public Builder livenessTimeout(Duration value) {
      livenessTimeout = Durations.option("livenessTimeout", value);
      return this;
    }

    /**
     * Sets how often a shard is looked at even if no watch fires. 30 seconds by default.
     *
     * @param value from a millisecond up
     * @return this builder
     */
    public Builder pollInterval(Duration value) {
      pollInterval = Durations.option("pollInterval", value);
      return this;
    }

    /**
     * Sets how long {@link Dgen#close} waits for messages that are being processed. 10 seconds by
     * default.
     *
     * @param value from a millisecond up
     * @return this builder
     */
    public Builder closeTimeout(Duration value) {
      closeTimeout = Durations.option("closeTimeout", value);
      return this;
    }

    /**
     * Sets whether {@link Dgen#close} closes the store too. True by default.
     *
     * @param value whether the store is closed
     * @return this builder
     */
    public Builder closeStore(boolean value) {
      closeStore = value;
      return this;
    }

    /**
     * Sets how many messages may wait for one entity before its senders are refused. {@link
     * Bounds#DEFAULT} by default.
     *
     * @param value the bounds
     * @return this builder
     */
    public Builder bounds(Bounds value) {
      bounds = Objects.requireNonNull(value, "bounds");
      return this;
    }

    /**
     * Changes the {@link #bounds(Bounds) bounds}.
     *
     * @param change such as {@code it -> it.queueMessages(100_000)}
     * @return this builder
     */
    public Builder bounds(Consumer<? super Bounds.Builder> change) {
      Bounds.Builder changed = bounds.toBuilder();
      change.accept(changed);
      bounds = changed.build();
      return this;
    }

    /**
     * Sets what collects figures about the node's work. {@link Metrics#NONE} by default.
     *
     * @param value such as {@code new MicrometerMetrics(registry)}
     * @return this builder
     */
    public Builder metrics(Metrics value) {
      metrics = Objects.requireNonNull(value, "metrics");
      return this;
    }

    /**
     * Sets the source of time, threads and randomness, for tests. Those of the machine by default.
     *
     * @param value the source
     * @return this builder
     */
    public Builder environment(Environment value) {
      environment = Optional.of(value);
      return this;
    }

    /**
     * Builds the options.
     *
     * @return the options; further changes of this builder do not change them
     * @throws IllegalArgumentException if {@link #firstRetryDelay} is longer than {@link
     *     #maxRetryDelay}
     */
    public DgenOptions build() {
      if (firstRetryDelay.compareTo(maxRetryDelay) > 0) {
        throw new IllegalArgumentException(
            "firstRetryDelay must be at most maxRetryDelay; found "
                + firstRetryDelay
                + " and "
                + maxRetryDelay);
      }
      return new DgenOptions(new Builder(this));
    }
  }
}
