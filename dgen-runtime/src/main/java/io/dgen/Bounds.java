package io.dgen;

import io.dgen.error.OverloadedException;

/**
 * The limits on how many messages may wait before senders get an {@link OverloadedException}.
 *
 * <p>The bounds of a lane are exact: they limit the messages to one entity that wait in this node's
 * memory. The bound of the node is over all of its lanes, so that a program that sends to very many
 * entities at once is held up before its memory is full. The bound of the queue is checked in the
 * transaction that makes the queue longer, without delaying other senders: the messages that all
 * nodes are pushing at that moment may exceed it. Messages that are sent in a transaction (by
 * callbacks, or by a client that is bound to one), delayed messages that become due, and messages
 * that are retried count but are never refused.
 *
 * @param laneMessages the most messages in this node's memory for one entity; at least 1
 * @param laneBytes the most bytes that these have as terms, approximately; at least 10,000,000, so
 *     that every message that may be sent has room
 * @param nodeBytes the most bytes that the messages to all entities have in this node's memory,
 *     approximately, with 256 more for each message; at least 10,000,000
 * @param queueMessages the most messages in an entity's queue; 0 for no bound
 */
public record Bounds(int laneMessages, long laneBytes, long nodeBytes, long queueMessages) {

  /**
   * 100,000 messages or 50,000,000 bytes in the lane, a quarter of the largest heap that this JVM
   * may have in all lanes of a node, no bound of the queue.
   */
  public static final Bounds DEFAULT =
      new Bounds(
          100_000, 50_000_000, Math.max(10_000_000, Runtime.getRuntime().maxMemory() / 4), 0);

  /** The largest message fits into every lane. */
  private static final long MIN_LANE_BYTES = 10_000_000;

  /** Checks the bounds. */
  public Bounds {
    if (laneMessages < 1) {
      throw new IllegalArgumentException("laneMessages must be at least 1; found " + laneMessages);
    }
    if (laneBytes < MIN_LANE_BYTES) {
      throw new IllegalArgumentException(
          "laneBytes must be at least "
              + MIN_LANE_BYTES
              + ", so that every message has room; found "
              + laneBytes);
    }
    if (nodeBytes < MIN_LANE_BYTES) {
      throw new IllegalArgumentException(
          "nodeBytes must be at least "
              + MIN_LANE_BYTES
              + ", so that every message has room; found "
              + nodeBytes);
    }
    if (queueMessages < 0) {
      throw new IllegalArgumentException(
          "queueMessages must be positive, or 0 for no bound; found " + queueMessages);
    }
  }

  /**
   * Begins with the default bounds.
   *
   * @return a builder
   */
  public static Builder builder() {
    return DEFAULT.toBuilder();
  }

  /**
   * Begins with these bounds, which stay as they are.
   *
   * @return a builder
   */
  public Builder toBuilder() {
    return new Builder(this);
  }

  /** Changes {@link Bounds}. Not thread-safe. */
  public static final class Builder {

    private int laneMessages;
    private long laneBytes;
    private long nodeBytes;
    private long queueMessages;

    private Builder(Bounds bounds) {
      laneMessages = bounds.laneMessages;
      laneBytes = bounds.laneBytes;
      nodeBytes = bounds.nodeBytes;
      queueMessages = bounds.queueMessages;
    }

    /**
     * Sets the most messages for one entity in this node's memory.
     *
     * @param value at least 1
     * @return this builder
     */
    public Builder laneMessages(int value) {
      laneMessages = value;
      return this;
    }

    /**
     * Sets the most bytes of the messages for one entity in this node's memory.
     *
     * @param value at least 10,000,000
     * @return this builder
     */
    public Builder laneBytes(long value) {
      laneBytes = value;
      return this;
    }

    /**
     * Sets the most bytes of all messages in this node's memory.
     *
     * @param value at least 10,000,000
     * @return this builder
     */
    public Builder nodeBytes(long value) {
      nodeBytes = value;
      return this;
    }

    /**
     * Sets the most messages in an entity's queue.
     *
     * @param value the number; 0 for no bound
     * @return this builder
     */
    public Builder queueMessages(long value) {
      queueMessages = value;
      return this;
    }

    /**
     * Builds the bounds.
     *
     * @return the bounds
     * @throws IllegalArgumentException if a value is out of its range
     */
    public Bounds build() {
      return new Bounds(laneMessages, laneBytes, nodeBytes, queueMessages);
    }
  }
}
