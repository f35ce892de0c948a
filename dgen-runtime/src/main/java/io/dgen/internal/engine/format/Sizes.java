package io.dgen.internal.engine.format;

/**
 * The limits of messages and replies: each must fit into one transaction of the store, 10,000,000
 * bytes, together with everything that is written with it.
 */
public final class Sizes {

  /** The most bytes of a reply, and of a message to an entity whose keys are short. */
  public static final int MAX_BYTES = 9_800_000;

  /**
   * The most bytes of a reply that is kept under an idempotency key, in addition to the one that is
   * sent.
   */
  static final int MAX_KEPT_BYTES = MAX_BYTES / 2;

  /**
   * The most bytes of a record that an entity asks another one with, and of the reply to it: both
   * are stored twice in one transaction, or together.
   */
  public static final int MAX_ASKED = 4_000_000;

  /** The most bytes of keys, values and conflict ranges in one transaction of the store. */
  public static final int TRANSACTION = 10_000_000;

  /** The most bytes of the outcome of a step. */
  private static final int MAX_STEP_BYTES = 9_000_000;

  /** Room for the names and keys of steps in the keys of a hundred chunks. */
  private static final int RESERVE_OF_STEP = 200_000;

  /**
   * Room for the header, error, counters, flags and receipt, and for what a rewrite of the message
   * adds.
   */
  private static final int RESERVE = 100_000;

  /** A key that is set counts once in the mutation and twice in its conflict range. */
  private static final int KEYS_OF_SET = 3;

  private static final int OVERHEAD_OF_CHUNK = 128;

  /** The least that the store counts for a key that is set, besides the key and its value. */
  private static final int OVERHEAD_OF_KEY = 68;

  private Sizes() {}

  /**
   * Returns how much a key of a given length counts in a transaction that sets it, without its
   * value.
   */
  public static int ofKey(int length) {
    return KEYS_OF_SET * length + OVERHEAD_OF_KEY;
  }

  /** Returns the most bytes of the term of a message to an entity: fewer if its id is very long. */
  public static int maxMessage(EntityKeys keys) {
    int chunks = TRANSACTION / Envelope.CHUNK;
    int perChunk = KEYS_OF_SET * keys.queue.length + OVERHEAD_OF_CHUNK;
    return Math.min(MAX_BYTES, TRANSACTION - RESERVE - chunks * perChunk);
  }

  /** Returns the most bytes of the outcome of a step of an entity. */
  public static int maxStep(EntityKeys keys) {
    return Math.min(MAX_STEP_BYTES, maxMessage(keys) - RESERVE_OF_STEP);
  }

  /** Returns the error text for the caller of a reply that is too large. */
  public static String tooLarge(long bytes) {
    return tooLarge(bytes, MAX_BYTES);
  }

  /** Returns the error text in place of a reply that is larger than it may be. */
  public static String tooLarge(long bytes, int most) {
    return "the reply has "
        + bytes
        + " bytes, more than the "
        + most
        + " that it may have. The call was executed, and its changes stand. Let the"
        + " server reply with less, or in several parts";
  }

  /**
   * Returns a reply in the form that is kept under an idempotency key: an error in its place if it
   * is too large.
   */
  public static byte[] kept(byte[] reply) {
    if (reply.length <= MAX_KEPT_BYTES) {
      return reply;
    }
    return ReplyRecord.problem(
        ReplyRecord.Problem.TOO_LARGE,
        "the call already ran, under the same idempotency key, and its reply of "
            + reply.length
            + " bytes was not kept: the limit is "
            + MAX_KEPT_BYTES
            + " bytes. Let the server reply with less");
  }
}
