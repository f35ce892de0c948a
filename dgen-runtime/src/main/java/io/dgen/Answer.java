package io.dgen;

import io.dgen.error.Effect;
import io.dgen.error.RefusedException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking another entity: {@code handleAnswer} gets it. Immutable and thread-safe.
 *
 * <p>A switch over it is exhaustive:
 *
 * <pre>{@code
 * switch (answer) {
 *   case Answer.Replied<Boolean> it -> ...
 *   case Answer.Refused<Boolean> it -> ...
 *   case Answer.Failed<Boolean> it -> ...
 * }
 * }</pre>
 *
 * @param <R> the reply's type: the {@code R} in the {@code Call<R>} that was asked
 */
public sealed interface Answer<R> {

  /**
   * Returns whether what was asked has taken effect.
   *
   * @return {@link Effect#APPLIED} for a reply, {@link Effect#NONE} if the other entity has not
   *     changed, {@link Effect#UNKNOWN} if it may still change or have changed
   */
  Effect effect();

  /**
   * The other entity replied.
   *
   * @param reply the reply; null if the call replied with null
   * @param <R> the reply's type
   */
  record Replied<R>(@Nullable R reply) implements Answer<R> {

    @Override
    public Effect effect() {
      return Effect.APPLIED;
    }
  }

  /**
   * The other entity refused.
   *
   * @param refusal the refusal, with its code, text and details
   * @param <R> the reply's type
   */
  record Refused<R>(RefusedException refusal) implements Answer<R> {

    /** Checks the component. */
    public Refused {
      Objects.requireNonNull(refusal, "refusal");
    }

    @Override
    public Effect effect() {
      return refusal.effect();
    }
  }

  /**
   * There will be no reply.
   *
   * @param reason why, for programs
   * @param text why, for people
   * @param effect whether what was asked has taken effect
   * @param <R> the reply's type
   */
  record Failed<R>(Reason reason, String text, Effect effect) implements Answer<R> {

    /** Checks the components. */
    public Failed {
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(text, "text");
      Objects.requireNonNull(effect, "effect");
    }
  }

  /** Why there will be no reply. */
  enum Reason {
    /**
     * The time that {@code within} gave is over. What was asked is not withdrawn: it may still take
     * effect. A message that is sent to the same entity from now on comes behind it.
     */
    TIMED_OUT,
    /** The other entity was killed or reset. */
    KILLED,
    /** The other entity was deleted while it owed the answer. */
    DELETED,
    /** The other entity's callback failed until the message was given up; it is a dead letter. */
    GIVEN_UP,
    /** The other entity stopped without a reply. */
    STOPPED,
    /** The reply is larger than a message may be. */
    TOO_LARGE,
    /** The other entity lost its lock while it worked on what was asked. */
    LOCK_LOST,
    /** What was asked, or the reply, is damaged in the store. */
    DAMAGED,
    /** Another error; the text says which. */
    OTHER
  }
}
