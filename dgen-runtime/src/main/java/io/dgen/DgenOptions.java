package io.dgen;

import io.dgen.internal.Durations;
import io.dgen.spi.Environment;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Dgen} runs. Immutable: each {@code with} method returns new options, and {@link
 * #DEFAULT} is where to begin.
 *
 * <p>A duration of more than a hundred years means never, such as {@code
 * Duration.ofSeconds(Long.MAX_VALUE)}, and is kept as a hundred years.
 */
public final class DgenOptions {

  /** What every option is when nobody says otherwise: see each of them. */
  public static final DgenOptions DEFAULT = new DgenOptions(new Values());

  /** Never changed once it is in an instance. */
  private final Values values;

  private DgenOptions(Values values) {
    this.values = values;
  }

  /** One field for each option, with its default. */
  private static final class Values implements Cloneable {

    private String root = "dgen";
    private Duration timeout = Duration.ofSeconds(5);
    private boolean cache = true;
    private int maxActivations = 10_000;
    private long maxRememberedBytes = Runtime.getRuntime().maxMemory() / 16;
    private int maxConcurrentRounds = 512;
    private CallbackThreads callbackThreads = CallbackThreads.PLATFORM;
    private Duration slowCallback = Duration.ofSeconds(10);
    private Duration firstRetryDelay = Duration.ofMillis(100);
    private Duration maxRetryDelay = Duration.ofSeconds(30);
    private FailurePolicy failurePolicy = FailurePolicy.DEFAULT;
    private @Nullable FailureListener failureListener;
    private Duration lockTimeout = Duration.ofSeconds(10);
    private LockLost lockLost = LockLost.REDELIVER;
    private Duration idempotencyRetention = Duration.ofHours(24);
    private Duration livenessTimeout = Duration.ofSeconds(5);
    private Duration pollInterval = Duration.ofSeconds(30);
    private Duration closeTimeout = Duration.ofSeconds(10);
    private boolean closeStore = true;
    private Bounds bounds = Bounds.DEFAULT;
    private Metrics metrics = Metrics.NONE;
    private @Nullable Environment environment;

    private Values copy() {
      try {
        return (Values) clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /**
   * The prefix of every key: nodes that share entities share it, and no root begins with another.
   *
   * @return the prefix, not empty
   */
  public String root() {
    return values.root;
  }

  /**
   * The same options with another {@link #root}.
   *
   * @param value the prefix, not empty
   * @return the new options
   */
  public DgenOptions withRoot(String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("root is the prefix of every key and cannot be empty");
    }
    Values copy = values.copy();
    copy.root = value;
    return new DgenOptions(copy);
  }

  /**
   * How long a sender waits when it does not say.
   *
   * @return a positive duration
   */
  public Duration timeout() {
    return values.timeout;
  }

  /**
   * The same options with another {@link #timeout}.
   *
   * @param value a positive duration
   * @return the new options
   */
  public DgenOptions withTimeout(Duration value) {
    Values copy = values.copy();
    copy.timeout = Durations.positive("timeout", value);
    return new DgenOptions(copy);
  }

  /**
   * Whether an entity's state is remembered between rounds. It is always checked against the
   * store's version first, so this changes speed alone.
   *
   * @return true by default
   */
  public boolean cache() {
    return values.cache;
  }

  /**
   * The same options with another {@link #cache}.
   *
   * @param value the new value
   * @return the new options
   */
  public DgenOptions withCache(boolean value) {
    Values copy = values.copy();
    copy.cache = value;
    return new DgenOptions(copy);
  }

  /**
   * How many entities are remembered while they are idle. Those that were used last are.
   *
   * @return at least 1
   */
  public int maxActivations() {
    return values.maxActivations;
  }

  /**
   * The same options with another {@link #maxActivations}.
   *
   * @param value at least 1
   * @return the new options
   */
  public DgenOptions withMaxActivations(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("maxActivations is at least 1; found " + value);
    }
    Values copy = values.copy();
    copy.maxActivations = value;
    return new DgenOptions(copy);
  }

  /**
   * How large the remembered states of all entities may be together, in bytes as they are stored;
   * in memory they take a few times as much. What is forgotten is read again when it is needed.
   *
   * @return at least 0; a sixteenth of the largest heap that this JVM may have by default
   */
  public long maxRememberedBytes() {
    return values.maxRememberedBytes;
  }

  /**
   * The same options with another {@link #maxRememberedBytes}.
   *
   * @param value at least 0
   * @return the new options
   */
  public DgenOptions withMaxRememberedBytes(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("maxRememberedBytes is at least 0; found " + value);
    }
    Values copy = values.copy();
    copy.maxRememberedBytes = value;
    return new DgenOptions(copy);
  }

  /**
   * How many entities may be at work at once on this node, each with a transaction. Those beyond it
   * wait for their turn: each entity has one after each of its transactions, and the servers take
   * turns, so that neither one busy entity nor one busy server holds up the others. While callbacks
   * block, and nobody gets a turn for 20 ms, one more entity at a time may be at work.
   *
   * @return at least 1; 512 by default
   */
  public int maxConcurrentRounds() {
    return values.maxConcurrentRounds;
  }

  /**
   * The same options with another {@link #maxConcurrentRounds}.
   *
   * @param value at least 1
   * @return the new options
   */
  public DgenOptions withMaxConcurrentRounds(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("maxConcurrentRounds is at least 1; found " + value);
    }
    Values copy = values.copy();
    copy.maxConcurrentRounds = value;
    return new DgenOptions(copy);
  }

  /**
   * What kind of threads callbacks, {@code handleLocked}, actions, listeners, metrics and the
   * continuations of futures run on. Not used with an {@link #environment} of one's own.
   *
   * @return {@link CallbackThreads#PLATFORM} by default
   */
  public CallbackThreads callbackThreads() {
    return values.callbackThreads;
  }

  /**
   * The same options with other {@link #callbackThreads}.
   *
   * @param value the kind of threads
   * @return the new options
   */
  public DgenOptions withCallbackThreads(CallbackThreads value) {
    Values copy = values.copy();
    copy.callbackThreads = Objects.requireNonNull(value, "callbackThreads");
    return new DgenOptions(copy);
  }

  /**
   * How long a callback may run before it is logged, as a warning with the stack of its thread, and
   * again whenever that time has gone by. {@code handleLocked} and actions are not.
   *
   * @return a positive duration; 10 seconds by default
   */
  public Duration slowCallback() {
    return values.slowCallback;
  }

  /**
   * The same options with another {@link #slowCallback}.
   *
   * @param value a positive duration
   * @return the new options
   */
  public DgenOptions withSlowCallback(Duration value) {
    Values copy = values.copy();
    copy.slowCallback = Durations.positive("slowCallback", value);
    return new DgenOptions(copy);
  }

  /**
   * How long a message waits after its first failure; it doubles each time.
   *
   * @return a positive duration
   */
  public Duration firstRetryDelay() {
    return values.firstRetryDelay;
  }

  /**
   * The same options with another {@link #firstRetryDelay}.
   *
   * @param value a positive duration
   * @return the new options
   */
  public DgenOptions withFirstRetryDelay(Duration value) {
    Values copy = values.copy();
    copy.firstRetryDelay = Durations.positive("firstRetryDelay", value);
    return new DgenOptions(copy);
  }

  /**
   * The longest that a failed message waits.
   *
   * @return a positive duration
   */
  public Duration maxRetryDelay() {
    return values.maxRetryDelay;
  }

  /**
   * The same options with another {@link #maxRetryDelay}.
   *
   * @param value a positive duration
   * @return the new options
   */
  public DgenOptions withMaxRetryDelay(Duration value) {
    Values copy = values.copy();
    copy.maxRetryDelay = Durations.positive("maxRetryDelay", value);
    return new DgenOptions(copy);
  }

  /**
   * What happens to messages that fail again and again, and to their entities; {@link Dgen#host(
   * io.dgen.generated.ServerDescriptor, FailurePolicy)} gives a server another one.
   *
   * @return {@link FailurePolicy#DEFAULT} by default: nothing is given up, nothing is paused
   */
  public FailurePolicy failurePolicy() {
    return values.failurePolicy;
  }

  /**
   * The same options with another {@link #failurePolicy}.
   *
   * @param value the new policy
   * @return the new options
   */
  public DgenOptions withFailurePolicy(FailurePolicy value) {
    Values copy = values.copy();
    copy.failurePolicy = Objects.requireNonNull(value, "failurePolicy");
    return new DgenOptions(copy);
  }

  /**
   * The same options with another {@link FailurePolicy#deadLetterThreshold}.
   *
   * @param value after how many failed attempts a message is given up; 0 for never
   * @return the new options
   */
  public DgenOptions withDeadLetterThreshold(int value) {
    return withFailurePolicy(values.failurePolicy.withDeadLetterThreshold(value));
  }

  /**
   * Who is told of the failures that this node records.
   *
   * @return null for nobody, as by default
   */
  public @Nullable FailureListener failureListener() {
    return values.failureListener;
  }

  /**
   * The same options with another {@link #failureListener}.
   *
   * @param value who is told
   * @return the new options
   */
  public DgenOptions withFailureListener(FailureListener value) {
    Values copy = values.copy();
    copy.failureListener = Objects.requireNonNull(value, "failureListener");
    return new DgenOptions(copy);
  }

  /**
   * How long after the last sign of life of a node that holds an entity's lock the lock is taken
   * from it. It bounds no work: a living node renews its locks.
   *
   * @return a positive duration
   */
  public Duration lockTimeout() {
    return values.lockTimeout;
  }

  /**
   * The same options with another {@link #lockTimeout}.
   *
   * @param value a positive duration
   * @return the new options
   */
  public DgenOptions withLockTimeout(Duration value) {
    Values copy = values.copy();
    copy.lockTimeout = Durations.positive("lockTimeout", value);
    return new DgenOptions(copy);
  }

  /**
   * What happens to the message of a lock whose holder died, or that was broken.
   *
   * @return redelivery by default
   */
  public LockLost lockLost() {
    return values.lockLost;
  }

  /**
   * The same options with another {@link #lockLost}.
   *
   * @param value the new value
   * @return the new options
   */
  public DgenOptions withLockLost(LockLost value) {
    Values copy = values.copy();
    copy.lockLost = Objects.requireNonNull(value, "lockLost");
    return new DgenOptions(copy);
  }

  /**
   * How long a message that was sent with an idempotency key is remembered after it was carried
   * out: within this time it is not carried out again. 24 hours by default.
   *
   * <p>Counted while a node is open, by the steady clocks of nodes: clocks that are set, and
   * versions of the store that jump, take nothing off it, and while no node is open it stands
   * still. A machine that is suspended takes off at most one {@link #livenessTimeout}. It is that
   * of the node that carries the message out.
   *
   * @return a positive duration
   */
  public Duration idempotencyRetention() {
    return values.idempotencyRetention;
  }

  /**
   * The same options with another {@link #idempotencyRetention}.
   *
   * @param value a positive duration
   * @return the new options
   */
  public DgenOptions withIdempotencyRetention(Duration value) {
    Values copy = values.copy();
    copy.idempotencyRetention = Durations.positive("idempotencyRetention", value);
    return new DgenOptions(copy);
  }

  /**
   * How long after its last heartbeat a node is thought to be dead.
   *
   * @return a positive duration
   */
  public Duration livenessTimeout() {
    return values.livenessTimeout;
  }

  /**
   * The same options with another {@link #livenessTimeout}.
   *
   * @param value a positive duration
   * @return the new options
   */
  public DgenOptions withLivenessTimeout(Duration value) {
    Values copy = values.copy();
    copy.livenessTimeout = Durations.positive("livenessTimeout", value);
    return new DgenOptions(copy);
  }

  /**
   * How often a shard is looked at even if no watch fires.
   *
   * @return a positive duration
   */
  public Duration pollInterval() {
    return values.pollInterval;
  }

  /**
   * The same options with another {@link #pollInterval}.
   *
   * @param value a positive duration
   * @return the new options
   */
  public DgenOptions withPollInterval(Duration value) {
    Values copy = values.copy();
    copy.pollInterval = Durations.positive("pollInterval", value);
    return new DgenOptions(copy);
  }

  /**
   * How long {@link Dgen#close} waits for what has begun.
   *
   * @return a positive duration
   */
  public Duration closeTimeout() {
    return values.closeTimeout;
  }

  /**
   * The same options with another {@link #closeTimeout}.
   *
   * @param value a positive duration
   * @return the new options
   */
  public DgenOptions withCloseTimeout(Duration value) {
    Values copy = values.copy();
    copy.closeTimeout = Durations.positive("closeTimeout", value);
    return new DgenOptions(copy);
  }

  /**
   * Whether {@link Dgen#close} closes the store too.
   *
   * @return true by default
   */
  public boolean closeStore() {
    return values.closeStore;
  }

  /**
   * The same options with another {@link #closeStore}.
   *
   * @param value the new value
   * @return the new options
   */
  public DgenOptions withCloseStore(boolean value) {
    Values copy = values.copy();
    copy.closeStore = value;
    return new DgenOptions(copy);
  }

  /**
   * How many messages may wait for one entity before its senders are refused.
   *
   * @return {@link Bounds#DEFAULT} by default
   */
  public Bounds bounds() {
    return values.bounds;
  }

  /**
   * The same options with other {@link #bounds}.
   *
   * @param value the new bounds
   * @return the new options
   */
  public DgenOptions withBounds(Bounds value) {
    Values copy = values.copy();
    copy.bounds = Objects.requireNonNull(value, "bounds");
    return new DgenOptions(copy);
  }

  /**
   * What is told about the node's work.
   *
   * @return {@link Metrics#NONE} by default
   */
  public Metrics metrics() {
    return values.metrics;
  }

  /**
   * The same options with other {@link #metrics}.
   *
   * @param value such as {@code new MicrometerMetrics(registry)}
   * @return the new options
   */
  public DgenOptions withMetrics(Metrics value) {
    Values copy = values.copy();
    copy.metrics = Objects.requireNonNull(value, "metrics");
    return new DgenOptions(copy);
  }

  /**
   * Time, threads and randomness.
   *
   * @return null for the machine's
   */
  public @Nullable Environment environment() {
    return values.environment;
  }

  /**
   * The same options with another {@link #environment}.
   *
   * @param value null for the machine's
   * @return the new options
   */
  public DgenOptions withEnvironment(Environment value) {
    Values copy = values.copy();
    copy.environment = Objects.requireNonNull(value, "environment");
    return new DgenOptions(copy);
  }
}
