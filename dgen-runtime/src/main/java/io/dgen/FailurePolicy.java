package io.dgen;

import io.dgen.error.ChangeTooLargeException;
import io.dgen.error.RefusedException;
import io.dgen.internal.Durations;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * A policy for messages that keep failing: when they are given up, and when their entity is paused.
 * Immutable; made by a {@link Builder}.
 *
 * <p>A failed message stays at its place in the queue and is retried, after {@link
 * DgenOptions#firstRetryDelay} and then after longer and longer delays, until the policy ends that.
 * All nodes that host a server should have the same policy: the node that runs the entity decides.
 *
 * @param deadLetterThreshold after how many failed attempts a message is moved to the entity's
 *     {@link DeadLetters}; 0 for never. One whose change does not fit into a transaction is moved
 *     after its first attempt in any case: see {@link ChangeTooLargeException}
 * @param lockedThreshold the same for a message whose {@code handleLocked} has begun; 0 for never
 * @param callDeadlines whether a call is also moved when its next attempt would begin after its
 *     caller's timeout. This never applies once its {@code handleLocked} has begun
 * @param maxRestarts how many failures of one entity, of whatever messages, are put up with in a
 *     {@code period}; one more pauses the entity until {@link EntityAdmin#resume}. -1 for any
 *     number
 * @param period the time in which {@code maxRestarts} are counted, at least a millisecond
 * @param crashThreshold how many times the process may end while a queued message runs, or may have
 *     been running, before the message is moved to the {@link DeadLetters}; 0 for any number of
 *     times. This is not a failed attempt and does not count towards {@code deadLetterThreshold}.
 *     With 1, messages that were running beside the one that ended the process may be moved too,
 *     since it is unknown which one it was; from 2 on each of them is first tried alone
 * @param refusing exceptions of callbacks that refuse the message rather than let it fail, as a
 *     {@link RefusedException} does
 */
public record FailurePolicy(
    int deadLetterThreshold,
    int lockedThreshold,
    boolean callDeadlines,
    int maxRestarts,
    Duration period,
    int crashThreshold,
    Set<Class<? extends Exception>> refusing) {

  /** The largest {@link #maxRestarts}: the times of that many failures are stored. */
  public static final int MAX_RESTARTS = 1000;

  private static final int ANY_NUMBER = -1;

  /**
   * A message is given up after nine failed attempts. With the default retry delays it has then
   * waited for at most 25.5 seconds, so that with the attempts themselves its entity is unavailable
   * for about 30 seconds at most. A call is given up sooner if its next attempt would begin after
   * its caller's timeout. A message whose {@code handleLocked} has begun is given up after 35
   * failed attempts, which takes about ten minutes with the default delays. A message that ends the
   * process three times is given up. No entity is paused.
   */
  public static final FailurePolicy DEFAULT =
      new FailurePolicy(9, 35, true, ANY_NUMBER, Duration.ofSeconds(5), 3, Set.of());

  /**
   * No message is given up for failing, however often it fails and however long its caller waits:
   * the messages behind it wait until it succeeds. A message that ends the process three times is
   * given up. No entity is paused.
   */
  public static final FailurePolicy UNLIMITED =
      new FailurePolicy(0, 0, false, ANY_NUMBER, Duration.ofSeconds(5), 3, Set.of());

  /** Checks the policy. */
  public FailurePolicy {
    checkThreshold("deadLetterThreshold", deadLetterThreshold);
    checkThreshold("lockedThreshold", lockedThreshold);
    if (maxRestarts < ANY_NUMBER || maxRestarts > MAX_RESTARTS) {
      throw new IllegalArgumentException(
          "maxRestarts must be from 0 to "
              + MAX_RESTARTS
              + ", or -1 for any number; found "
              + maxRestarts);
    }
    period = Durations.option("period", period);
    checkThreshold("crashThreshold", crashThreshold);
    refusing = Set.copyOf(refusing);
  }

  private static void checkThreshold(String name, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(
          name + " must be at least 1, or 0 for never; found " + value);
    }
  }

  /**
   * Begins with the default policy.
   *
   * @return a builder
   */
  public static Builder builder() {
    return DEFAULT.toBuilder();
  }

  /**
   * Begins with this policy, which stays as it is.
   *
   * @return a builder
   */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /**
   * Returns whether a message has failed often enough to be given up.
   *
   * @param attempts how many of its attempts have failed
   * @param locked whether its {@code handleLocked} has begun, in any of them
   * @return whether it is given up
   */
  public boolean isExhausted(int attempts, boolean locked) {
    int threshold = locked ? lockedThreshold : deadLetterThreshold;
    return threshold > 0 && attempts >= threshold;
  }

  /**
   * Returns whether a message has ended the process often enough to be given up.
   *
   * @param crashes how many times a process ended while it ran, as far as that is known
   * @return whether it is given up
   */
  public boolean isDangerous(int crashes) {
    return crashThreshold > 0 && crashes >= crashThreshold;
  }

  /**
   * Returns whether entities are ever paused.
   *
   * @return whether {@link #maxRestarts} is a limit
   */
  public boolean hasRestartLimit() {
    return maxRestarts != ANY_NUMBER;
  }

  /** Changes a {@link FailurePolicy}. Not thread-safe. */
  public static final class Builder {

    private int deadLetterThreshold;
    private int lockedThreshold;
    private boolean callDeadlines;
    private int maxRestarts;
    private Duration period;
    private int crashThreshold;
    private Set<Class<? extends Exception>> refusing;

    private Builder(FailurePolicy policy) {
      deadLetterThreshold = policy.deadLetterThreshold;
      lockedThreshold = policy.lockedThreshold;
      callDeadlines = policy.callDeadlines;
      maxRestarts = policy.maxRestarts;
      period = policy.period;
      crashThreshold = policy.crashThreshold;
      refusing = policy.refusing;
    }

    /**
     * Removes the limits of failed attempts, as in {@link #UNLIMITED}: the same as {@code
     * deadLetterThreshold(0).lockedThreshold(0).callDeadlines(false)}.
     *
     * @return this builder
     */
    public Builder unlimited() {
      return deadLetterThreshold(0).lockedThreshold(0).callDeadlines(false);
    }

    /**
     * Sets after how many failed attempts a message is moved to the dead letters.
     *
     * @param value at least 1, 9 by default; 0 for never
     * @return this builder
     */
    public Builder deadLetterThreshold(int value) {
      deadLetterThreshold = value;
      return this;
    }

    /**
     * Sets after how many failed attempts a message whose {@code handleLocked} has begun is moved
     * to the dead letters. Attempts before it first took the lock count too.
     *
     * @param value at least 1, 35 by default; 0 for never
     * @return this builder
     */
    public Builder lockedThreshold(int value) {
      lockedThreshold = value;
      return this;
    }

    /**
     * Sets whether a call that failed is moved to the dead letters when its next attempt would
     * begin after its caller's timeout, however few attempts have failed.
     *
     * @param value true by default
     * @return this builder
     */
    public Builder callDeadlines(boolean value) {
      callDeadlines = value;
      return this;
    }

    /**
     * Sets how many failures of one entity are tolerated within a time; one more pauses it. Named
     * as OTP's supervisors name it.
     *
     * @param restarts from 0 to {@value #MAX_RESTARTS}; -1 for any number, which is the default
     * @param within the time, from a millisecond up
     * @return this builder
     */
    public Builder restartIntensity(int restarts, Duration within) {
      maxRestarts = restarts;
      period = within;
      return this;
    }

    /**
     * Sets how many times the process may end while a message runs before the message is moved to
     * the dead letters.
     *
     * @param value at least 1, 3 by default; 0 for any number of times
     * @return this builder
     */
    public Builder crashThreshold(int value) {
      crashThreshold = value;
      return this;
    }

    /**
     * Lets exceptions of some types refuse the message, as a {@link RefusedException} does, when
     * {@code init}, {@code handleCall}, {@code handleCast}, {@code handleInfo} or {@code
     * handleLocked} throws them. The refusal's code is the simple name of the exception's class,
     * and its text the exception's message. An {@link InterruptedException} never refuses.
     *
     * @param types the types, with their subclasses, such as {@code
     *     IllegalArgumentException.class}; none by default
     * @return this builder
     */
    @SafeVarargs
    public final Builder refusing(Class<? extends Exception>... types) {
      Set<Class<? extends Exception>> all = new HashSet<>();
      for (Class<? extends Exception> type : types) {
        all.add(type);
      }
      refusing = all;
      return this;
    }

    /**
     * Builds the policy.
     *
     * @return the policy
     * @throws IllegalArgumentException if a value is out of its range
     */
    public FailurePolicy build() {
      return new FailurePolicy(
          deadLetterThreshold,
          lockedThreshold,
          callDeadlines,
          maxRestarts,
          period,
          crashThreshold,
          refusing);
    }
  }
}
