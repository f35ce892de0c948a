package io.dgen.internal.engine.format;

/**
 * How large messages and replies may be: what fits into one transaction of the store, 10,000,000
 * bytes, with all that is written beside them.
 */
public final class Sizes {

  /** The most bytes of a reply, and of a message to an entity whose keys are not long. */
  public static final int MAX_BYTES = 9_800_000;

  /**
   * The most bytes of a reply that is kept under an idempotency key, beside the one that is sent.
   */
  static final int MAX_KEPT_BYTES = MAX_BYTES / 2;

  /** The most bytes of keys, values and conflict ranges in one transaction of the store. */
  public static final int TRANSACTION = 10_000_000;

  /** Header, error, counters, flags, receipt, and what a rewrite of the message adds. */
  private static final int RESERVE = 100_000;

  /** A key that is set is in the mutation, and twice in its conflict range. */
  private static final int KEYS_OF_SET = 3;

  private static final int OVERHEAD_OF_CHUNK = 128;

  /** What the store counts for a key that is set, beside the key and its value, at the least. */
  private static final int OVERHEAD_OF_KEY = 68;

  private Sizes() {}

  /** What a key of a length counts in a transaction that sets it, without its value. */
  public static int ofKey(int length) {
    return KEYS_OF_SET * length + OVERHEAD_OF_KEY;
  }

  /** Returns the most bytes of the term of a message to an entity: less if its id is very long. */
  public static int maxMessage(EntityKeys keys) {
    int chunks = TRANSACTION / Envelope.CHUNK;
    int perChunk = KEYS_OF_SET * keys.queue.length + OVERHEAD_OF_CHUNK;
    return Math.min(MAX_BYTES, TRANSACTION - RESERVE - chunks * perChunk);
  }

  /** What the caller hears whose reply is too large. */
  public static String tooLarge(long bytes) {
    return "the reply has "
        + bytes
        + " bytes, more than the "
        + MAX_BYTES
        + " that a reply may have. The call was executed, and what it changed stands. Let the"
        + " server reply with less, or with a part of it at a time";
  }

  /**
   * Returns a reply as it is kept under an idempotency key: if it is too large, what is said
   * instead.
   */
  public static byte[] kept(byte[] reply) {
    if (reply.length <= MAX_KEPT_BYTES) {
      return reply;
    }
    return ReplyRecord.problem(
        ReplyRecord.Problem.TOO_LARGE,
        "the call was carried out before, under the same idempotency key, and its reply of "
            + reply.length
            + " bytes was not kept: at most "
            + MAX_KEPT_BYTES
            + " are. Let the server reply with less");
  }
}
