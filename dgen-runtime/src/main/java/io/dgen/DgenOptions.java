package io.dgen;

import io.dgen.spi.Environment;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Dgen} runs. Immutable: each {@code with} method returns new options.
 *
 * @param root the prefix of every key; nodes that share entities share it
 * @param timeout how long a sender waits when it does not say; positive
 * @param cache whether an entity's state is remembered between rounds; it is always checked against
 *     the store's version first, so this changes speed alone
 * @param maxActivations how many entities are remembered while they are idle
 * @param firstRetryDelay how long a message waits after its first failure; it doubles each time
 * @param maxRetryDelay the longest that it waits
 * @param livenessTimeout how long after its last heartbeat a node is thought to be dead
 * @param pollInterval how often a shard is looked at even if no watch fires
 * @param closeTimeout how long {@link Dgen#close} waits for what has begun
 * @param closeStore whether {@link Dgen#close} closes the store too
 * @param environment time, threads and randomness; null for the machine's
 */
public record DgenOptions(
    String root,
    Duration timeout,
    boolean cache,
    int maxActivations,
    Duration firstRetryDelay,
    Duration maxRetryDelay,
    Duration livenessTimeout,
    Duration pollInterval,
    Duration closeTimeout,
    boolean closeStore,
    @Nullable Environment environment) {

  /**
   * The defaults: root {@code dgen}, 5 s timeout, cache on, 10,000 idle activations, retries after
   * 100 ms up to 30 s, 5 s liveness timeout, polls every 30 s, 10 s to close, and the store is
   * closed too.
   */
  public static final DgenOptions DEFAULT =
      new DgenOptions(
          "dgen",
          Duration.ofSeconds(5),
          true,
          10_000,
          Duration.ofMillis(100),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10),
          true,
          null);

  /** Checks the options. */
  public DgenOptions {
    Objects.requireNonNull(root, "root");
    if (root.isEmpty()) {
      throw new IllegalArgumentException("root is the prefix of every key and cannot be empty");
    }
    requirePositive("timeout", timeout);
    requirePositive("firstRetryDelay", firstRetryDelay);
    requirePositive("maxRetryDelay", maxRetryDelay);
    requirePositive("livenessTimeout", livenessTimeout);
    requirePositive("pollInterval", pollInterval);
    requirePositive("closeTimeout", closeTimeout);
    if (maxActivations < 1) {
      throw new IllegalArgumentException("maxActivations is at least 1; found " + maxActivations);
    }
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(name + " is positive; found " + value);
    }
  }

  /**
   * The same options with another root.
   *
   * @param value the prefix of every key
   * @return the new options
   */
  public DgenOptions withRoot(String value) {
    return new DgenOptions(
        value,
        timeout,
        cache,
        maxActivations,
        firstRetryDelay,
        maxRetryDelay,
        livenessTimeout,
        pollInterval,
        closeTimeout,
        closeStore,
        environment);
  }

  /**
   * The same options with another timeout.
   *
   * @param value how long a sender waits when it does not say
   * @return the new options
   */
  public DgenOptions withTimeout(Duration value) {
    return new DgenOptions(
        root,
        value,
        cache,
        maxActivations,
        firstRetryDelay,
        maxRetryDelay,
        livenessTimeout,
        pollInterval,
        closeTimeout,
        closeStore,
        environment);
  }

  /**
   * The same options with another cache.
   *
   * @param value whether state is remembered between rounds
   * @return the new options
   */
  public DgenOptions withCache(boolean value) {
    return new DgenOptions(
        root,
        timeout,
        value,
        maxActivations,
        firstRetryDelay,
        maxRetryDelay,
        livenessTimeout,
        pollInterval,
        closeTimeout,
        closeStore,
        environment);
  }

  /**
   * The same options with another maxActivations.
   *
   * @param value how many entities are remembered while they are idle
   * @return the new options
   */
  public DgenOptions withMaxActivations(int value) {
    return new DgenOptions(
        root,
        timeout,
        cache,
        value,
        firstRetryDelay,
        maxRetryDelay,
        livenessTimeout,
        pollInterval,
        closeTimeout,
        closeStore,
        environment);
  }

  /**
   * The same options with another firstRetryDelay.
   *
   * @param value how long a message waits after its first failure
   * @return the new options
   */
  public DgenOptions withFirstRetryDelay(Duration value) {
    return new DgenOptions(
        root,
        timeout,
        cache,
        maxActivations,
        value,
        maxRetryDelay,
        livenessTimeout,
        pollInterval,
        closeTimeout,
        closeStore,
        environment);
  }

  /**
   * The same options with another maxRetryDelay.
   *
   * @param value the longest that it waits
   * @return the new options
   */
  public DgenOptions withMaxRetryDelay(Duration value) {
    return new DgenOptions(
        root,
        timeout,
        cache,
        maxActivations,
        firstRetryDelay,
        value,
        livenessTimeout,
        pollInterval,
        closeTimeout,
        closeStore,
        environment);
  }

  /**
   * The same options with another livenessTimeout.
   *
   * @param value how long after its last heartbeat a node is thought to be dead
   * @return the new options
   */
  public DgenOptions withLivenessTimeout(Duration value) {
    return new DgenOptions(
        root,
        timeout,
        cache,
        maxActivations,
        firstRetryDelay,
        maxRetryDelay,
        value,
        pollInterval,
        closeTimeout,
        closeStore,
        environment);
  }

  /**
   * The same options with another pollInterval.
   *
   * @param value how often a shard is looked at even if no watch fires
   * @return the new options
   */
  public DgenOptions withPollInterval(Duration value) {
    return new DgenOptions(
        root,
        timeout,
        cache,
        maxActivations,
        firstRetryDelay,
        maxRetryDelay,
        livenessTimeout,
        value,
        closeTimeout,
        closeStore,
        environment);
  }

  /**
   * The same options with another closeTimeout.
   *
   * @param value how long to wait for what has begun
   * @return the new options
   */
  public DgenOptions withCloseTimeout(Duration value) {
    return new DgenOptions(
        root,
        timeout,
        cache,
        maxActivations,
        firstRetryDelay,
        maxRetryDelay,
        livenessTimeout,
        pollInterval,
        value,
        closeStore,
        environment);
  }

  /**
   * The same options with another closeStore.
   *
   * @param value whether the store is closed too
   * @return the new options
   */
  public DgenOptions withCloseStore(boolean value) {
    return new DgenOptions(
        root,
        timeout,
        cache,
        maxActivations,
        firstRetryDelay,
        maxRetryDelay,
        livenessTimeout,
        pollInterval,
        closeTimeout,
        value,
        environment);
  }

  /**
   * The same options with another environment.
   *
   * @param value time, threads and randomness
   * @return the new options
   */
  public DgenOptions withEnvironment(Environment value) {
    return new DgenOptions(
        root,
        timeout,
        cache,
        maxActivations,
        firstRetryDelay,
        maxRetryDelay,
        livenessTimeout,
        pollInterval,
        closeTimeout,
        closeStore,
        value);
  }
}
