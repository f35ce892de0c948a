package io.dgen.error;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A refusal: a callback says no, and its caller is told why. It is an answer, not a failure: the
 * message is done, nothing is retried, and the entity goes on with its next message.
 *
 * <p>Thrown by {@code init}, {@code handleCall}, {@code handleCast} or {@code handleInfo}, it drops
 * everything that this callback did: its state, what it sent, cancelled, replied and wrote. Thrown
 * by {@code handleLocked}, it releases the lock and leaves the state as {@code lock(state)} stored
 * it. To refuse and change the state, return {@link io.dgen.Results#refuse} or {@link
 * io.dgen.Results#unlockRefused} instead.
 *
 * <p>The caller of a call gets it, on whichever node it is. A subclass arrives as this class, with
 * its code, text and details, but without its cause and its stack. A cast was acknowledged when it
 * was accepted, so nobody waits for its refusal: it is logged, counted and reported to the {@link
 * io.dgen.FailureListener}.
 *
 * <p>Under an idempotency key the refusal is the outcome: whoever sends the call again gets the
 * same one. See {@link #notRemembered} for refusals that a later attempt may not meet.
 *
 * <p>Immutable.
 */
public class RefusedException extends DgenException {

  private static final long serialVersionUID = 1L;

  /** How many characters of the code, the text and each detail are kept. */
  public static final int MAX_LENGTH = 10_000;

  /** How many details a refusal may have. */
  public static final int MAX_DETAILS = 64;

  /** What programs tell refusals apart by. */
  private final String code;

  /** What people read. */
  private final String text;

  /** The details, in order. */
  private final LinkedHashMap<String, String> details;

  /** Whether it is the outcome of an idempotency key. */
  private final boolean remembered;

  /**
   * Refuses.
   *
   * @param code what programs tell refusals apart by, such as {@code "sold-out"}; of this, as of
   *     each text of a refusal, at most {@value #MAX_LENGTH} characters are kept, and unpaired
   *     surrogates become U+FFFD
   * @param text what people read
   */
  public RefusedException(String code, String text) {
    this(code, text, Map.of());
  }

  /**
   * Refuses, with details for programs.
   *
   * @param code what programs tell refusals apart by, such as {@code "sold-out"}
   * @param text what people read
   * @param details at most {@value #MAX_DETAILS}, in an order that is kept
   * @throws IllegalArgumentException if there are more
   */
  public RefusedException(String code, String text, Map<String, String> details) {
    this(code, text, details, true, Effect.NONE, null);
  }

  private RefusedException(
      String code,
      String text,
      Map<String, String> details,
      boolean remembered,
      Effect effect,
      @Nullable Throwable cause) {
    super(kept(code, "code") + ": " + kept(text, "text"), cause, effect);
    this.code = kept(code, "code");
    this.text = kept(text, "text");
    this.details = new LinkedHashMap<>();
    details.forEach(
        (name, value) ->
            this.details.put(kept(name, "the name of a detail"), kept(value, "a detail")));
    if (this.details.size() > MAX_DETAILS) {
      throw new IllegalArgumentException(
          "the refusal "
              + this.code
              + " has "
              + this.details.size()
              + " details; at most "
              + MAX_DETAILS
              + " are allowed; reply with a record for more");
    }
    this.remembered = remembered;
  }

  /**
   * Returns the same refusal with another effect; for what receives refusals.
   *
   * @param refusal a refusal, of this class or a subclass
   * @param effect what became of the message
   * @return a refusal of this very class
   */
  public static RefusedException of(RefusedException refusal, Effect effect) {
    return new RefusedException(
        refusal.code, refusal.text, refusal.details, refusal.remembered, effect, null);
  }

  private static String kept(String value, String what) {
    Objects.requireNonNull(value, what);
    String kept = value.length() <= MAX_LENGTH ? value : value.substring(0, MAX_LENGTH);
    for (int i = 0; i < kept.length(); i++) {
      if (Character.isSurrogate(kept.charAt(i))) {
        return wellFormed(kept);
      }
    }
    return kept;
  }

  private static String wellFormed(String text) {
    StringBuilder formed = new StringBuilder(text.length());
    text.codePoints()
        .map(
            point ->
                point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                    ? 0xFFFD
                    : point)
        .forEach(formed::appendCodePoint);
    return formed.toString();
  }

  /**
   * Returns this refusal as one that is not kept under an idempotency key: the same call, sent
   * again under the same key, runs again. For what may have passed by then, such as a service that
   * was away.
   *
   * @return a refusal of this very class, caused by this one
   */
  public final RefusedException notRemembered() {
    return new RefusedException(code, text, details, false, effect(), this);
  }

  /**
   * Returns what programs tell refusals apart by.
   *
   * @return the code
   */
  public final String code() {
    return code;
  }

  /**
   * Returns what people read.
   *
   * @return the text, without the code
   */
  public final String text() {
    return text;
  }

  /**
   * Returns the details.
   *
   * @return an unmodifiable map, in the order in which they were given
   */
  public final Map<String, String> details() {
    return Collections.unmodifiableMap(details);
  }

  /**
   * Returns whether the refusal is the outcome of an idempotency key.
   *
   * @return false after {@link #notRemembered}
   */
  public final boolean isRemembered() {
    return remembered;
  }
}
