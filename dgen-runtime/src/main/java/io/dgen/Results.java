package io.dgen;

import io.dgen.error.EntityDeletedException;
import io.dgen.error.EntityStoppedException;
import io.dgen.error.RefusedException;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The results of callbacks, for static import. */
public final class Results {

  private Results() {}

  /**
   * Replies to the caller and keeps {@code state}.
   *
   * @param reply what the caller gets; may be null
   * @param state the state after the callback
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleCall}
   */
  public static <R, S> Reply<R, S> reply(@Nullable R reply, S state) {
    return new Reply<>(reply, state);
  }

  /**
   * Keeps {@code state}.
   *
   * @param state the state after the callback
   * @param <S> the state's type
   * @return the result of {@code handleCast} or {@code handleInfo}
   */
  public static <S> NoReply<S> noReply(S state) {
    return new NoReply<>(state);
  }

  /**
   * Keeps {@code state}; the caller keeps waiting until a later callback answers its {@link From}.
   *
   * @param state the state after the callback
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleCall}
   */
  public static <R, S> ReplyLater<R, S> replyLater(S state) {
    return new ReplyLater<>(state);
  }

  /**
   * Keeps {@code state} and locks the entity: {@code handleLocked} of the same message runs next,
   * outside any transaction, and standard messages wait until it is done.
   *
   * @param state the state after the callback
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of any callback of a server that has {@code handleLocked} for the message
   */
  public static <R, S> Lock<R, S> lock(S state) {
    return new Lock<>(state);
  }

  /**
   * Keeps {@code state} and drops the entity from memory; the next message loads it again. The
   * caller of a call gets an {@link EntityStoppedException}.
   *
   * @param reason why; an abnormal one counts as a failure of the entity
   * @param state the state after the callback
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of any callback
   */
  public static <R, S> Stop<R, S> stop(StopReason reason, S state) {
    return new Stop<>(reason, state);
  }

  /**
   * Replies, keeps {@code state} and drops the entity from memory.
   *
   * @param reason why; an abnormal one counts as a failure of the entity
   * @param reply what the caller gets; may be null
   * @param state the state after the callback
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleCall}
   */
  public static <R, S> ReplyAndStop<R, S> replyAndStop(
      StopReason reason, @Nullable R reply, S state) {
    return new ReplyAndStop<>(reason, reply, state);
  }

  /**
   * Deletes the entity, in the transaction of its message: its state and its delayed messages. A
   * message that comes after it, queued by then or not, runs in a new entity, beginning with {@code
   * init}. The caller of a call gets an {@link EntityDeletedException}.
   *
   * <p>What the callback did otherwise stands, except for delayed messages to its own entity. Then
   * {@code handleDelete} runs, if the server has one, in the same transaction. Dead letters stay,
   * and so do idempotency records, until they expire.
   *
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of any callback that returns a state, and of {@code handleLocked}
   */
  public static <R, S> Delete<R, S> delete() {
    return new Delete<>(List.of());
  }

  /**
   * Replies to the caller and deletes the entity, as {@link #delete} does.
   *
   * @param reply what the caller gets; may be null
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleCall}, or of {@code handleLocked} of a call
   */
  public static <R, S> ReplyAndDelete<R, S> replyAndDelete(@Nullable R reply) {
    return new ReplyAndDelete<>(reply, List.of());
  }

  /**
   * Refuses the message and keeps {@code state}: whatever the callback did stands, such as the
   * count of failed logins. To drop it instead, throw a {@link RefusedException}.
   *
   * @param code what programs tell refusals apart by
   * @param text what people read
   * @param state the state after the callback
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleCall}, {@code handleCast} or {@code handleInfo}
   */
  public static <R, S> Refuse<R, S> refuse(String code, String text, S state) {
    return refuse(new RefusedException(code, text), state);
  }

  /**
   * Refuses the message and keeps {@code state}, as {@link #refuse(String, String, Object)} does.
   *
   * @param refusal what the caller gets, with its details
   * @param state the state after the callback
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleCall}, {@code handleCast} or {@code handleInfo}
   */
  public static <R, S> Refuse<R, S> refuse(RefusedException refusal, S state) {
    return new Refuse<>(refusal, state);
  }

  /**
   * Replies to the caller and unlocks the entity.
   *
   * @param reply what the caller gets; may be null
   * @param update makes the new state of the state as it is then; may run more than once
   * @param actions what is done after the commit, in order; none by default. Given here rather than
   *     with {@link Unlock#then}, they may be lambdas beside an update that is one
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleLocked} of a call
   */
  @SafeVarargs
  public static <R, S> Unlock<R, S> unlock(
      @Nullable R reply, UnaryOperator<S> update, Action<? super S>... actions) {
    Unlock<R, S> result = unlocked(true, reply, stateAlone(update));
    for (Action<? super S> action : actions) {
      result = result.then(action);
    }
    return result;
  }

  /**
   * Replies to the caller and unlocks the entity, with an update that takes the context of the
   * transaction that does so: what it sends, answers, cancels and writes happens if and only if the
   * new state is stored.
   *
   * @param reply what the caller gets; may be null
   * @param update makes the new state of the state as it is then; may run more than once
   * @param actions what is done after the commit, in order; none by default. Given here rather than
   *     with {@link Unlock#then}, they may be lambdas beside an update that is one
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleLocked} of a call
   */
  @SafeVarargs
  public static <R, S> Unlock<R, S> unlock(
      @Nullable R reply, LockedUpdate<S> update, Action<? super S>... actions) {
    Unlock<R, S> result = unlocked(true, reply, update);
    for (Action<? super S> action : actions) {
      result = result.then(action);
    }
    return result;
  }

  /**
   * Unlocks the entity without a reply: of a cast, or of a call whose {@link From} is answered
   * later.
   *
   * @param update makes the new state of the state as it is then; may run more than once
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleLocked}
   */
  public static <R, S> Unlock<R, S> unlock(UnaryOperator<S> update) {
    return unlocked(false, null, stateAlone(update));
  }

  /**
   * Unlocks the entity without a reply, with an update that takes the context of the transaction
   * that does so.
   *
   * @param update makes the new state of the state as it is then; may run more than once
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleLocked}
   */
  public static <R, S> Unlock<R, S> unlock(LockedUpdate<S> update) {
    return unlocked(false, null, update);
  }

  /**
   * Unlocks the entity as {@link #unlock(UnaryOperator)} does, and then runs actions. It has a name
   * of its own, since the compiler could not tell an update that is a lambda from a reply.
   *
   * @param update makes the new state of the state as it is then; may run more than once
   * @param actions what is done after the commit, in order
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleLocked}
   */
  @SafeVarargs
  public static <R, S> Unlock<R, S> unlockThen(
      UnaryOperator<S> update, Action<? super S>... actions) {
    Unlock<R, S> result = unlocked(false, null, stateAlone(update));
    for (Action<? super S> action : actions) {
      result = result.then(action);
    }
    return result;
  }

  /**
   * Unlocks the entity as {@link #unlock(LockedUpdate)} does, and then runs actions.
   *
   * @param update makes the new state of the state as it is then; may run more than once
   * @param actions what is done after the commit, in order
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleLocked}
   */
  @SafeVarargs
  public static <R, S> Unlock<R, S> unlockThen(
      LockedUpdate<S> update, Action<? super S>... actions) {
    Unlock<R, S> result = unlocked(false, null, update);
    for (Action<? super S> action : actions) {
      result = result.then(action);
    }
    return result;
  }

  /**
   * Refuses the message, changes the state and unlocks the entity. To leave the state as {@link
   * #lock} stored it, throw a {@link RefusedException} instead.
   *
   * @param code what programs tell refusals apart by
   * @param text what people read
   * @param update makes the new state of the state as it is then; may run more than once
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleLocked}
   */
  public static <R, S> Unlock<R, S> unlockRefused(
      String code, String text, UnaryOperator<S> update) {
    return unlockRefused(new RefusedException(code, text), update);
  }

  /**
   * Refuses the message, changes the state and unlocks the entity, as {@link #unlockRefused(String,
   * String, UnaryOperator)} does, with an update that takes the context of the transaction.
   *
   * @param code what programs tell refusals apart by
   * @param text what people read
   * @param update makes the new state of the state as it is then; may run more than once
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleLocked}
   */
  public static <R, S> Unlock<R, S> unlockRefused(
      String code, String text, LockedUpdate<S> update) {
    return unlockRefused(new RefusedException(code, text), update);
  }

  /**
   * Refuses the message, changes the state and unlocks the entity, as {@link #unlockRefused(String,
   * String, UnaryOperator)} does.
   *
   * @param refusal what the caller gets, with its details
   * @param update makes the new state of the state as it is then; may run more than once
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleLocked}
   */
  public static <R, S> Unlock<R, S> unlockRefused(
      RefusedException refusal, UnaryOperator<S> update) {
    return unlockRefused(refusal, stateAlone(update));
  }

  /**
   * Refuses the message, changes the state and unlocks the entity, as {@link #unlockRefused(String,
   * String, LockedUpdate)} does.
   *
   * @param refusal what the caller gets, with its details
   * @param update makes the new state of the state as it is then; may run more than once
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleLocked}
   */
  public static <R, S> Unlock<R, S> unlockRefused(
      RefusedException refusal, LockedUpdate<S> update) {
    return new Unlock<>(
        false,
        null,
        Objects.requireNonNull(refusal, "refusal"),
        Objects.requireNonNull(update, "update"),
        null,
        List.of());
  }

  private static <S> LockedUpdate<S> stateAlone(UnaryOperator<S> update) {
    Objects.requireNonNull(update, "update");
    return (state, context) -> update.apply(state);
  }

  /**
   * Replies to the caller, unlocks the entity and drops it from memory; the next message loads it
   * again.
   *
   * @param reason why; an abnormal one counts as a failure of the entity
   * @param reply what the caller gets; may be null
   * @param update makes the new state of the state as it is then; may run more than once
   * @param actions what is done after the commit, in order; none by default
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleLocked} of a call
   */
  @SafeVarargs
  public static <R, S> Unlock<R, S> unlockAndStop(
      StopReason reason, @Nullable R reply, UnaryOperator<S> update, Action<? super S>... actions) {
    Unlock<R, S> result = stopping(reason, unlocked(true, reply, stateAlone(update)));
    for (Action<? super S> action : actions) {
      result = result.then(action);
    }
    return result;
  }

  /**
   * Replies to the caller, unlocks the entity and drops it from memory, as {@link
   * #unlockAndStop(StopReason, Object, UnaryOperator, Action...)} does, with an update that takes
   * the context of the transaction.
   *
   * @param reason why; an abnormal one counts as a failure of the entity
   * @param reply what the caller gets; may be null
   * @param update makes the new state of the state as it is then; may run more than once
   * @param actions what is done after the commit, in order; none by default
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleLocked} of a call
   */
  @SafeVarargs
  public static <R, S> Unlock<R, S> unlockAndStop(
      StopReason reason, @Nullable R reply, LockedUpdate<S> update, Action<? super S>... actions) {
    Unlock<R, S> result = stopping(reason, unlocked(true, reply, update));
    for (Action<? super S> action : actions) {
      result = result.then(action);
    }
    return result;
  }

  /**
   * Unlocks the entity and drops it from memory, without a reply: the caller of a call gets an
   * {@link EntityStoppedException}.
   *
   * @param reason why; an abnormal one counts as a failure of the entity
   * @param update makes the new state of the state as it is then; may run more than once
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleLocked}
   */
  public static <R, S> Unlock<R, S> unlockAndStop(StopReason reason, UnaryOperator<S> update) {
    return stopping(reason, unlocked(false, null, stateAlone(update)));
  }

  /**
   * Unlocks the entity and drops it from memory, as {@link #unlockAndStop(StopReason,
   * UnaryOperator)} does, with an update that takes the context of the transaction.
   *
   * @param reason why; an abnormal one counts as a failure of the entity
   * @param update makes the new state of the state as it is then; may run more than once
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result of {@code handleLocked}
   */
  public static <R, S> Unlock<R, S> unlockAndStop(StopReason reason, LockedUpdate<S> update) {
    return stopping(reason, unlocked(false, null, update));
  }

  private static <R, S> Unlock<R, S> stopping(StopReason reason, Unlock<R, S> result) {
    return new Unlock<>(
        result.replies(),
        result.reply(),
        null,
        result.update(),
        Objects.requireNonNull(reason, "reason"),
        List.of());
  }

  private static <R, S> Unlock<R, S> unlocked(
      boolean replies, @Nullable R reply, LockedUpdate<S> update) {
    return new Unlock<>(
        replies, reply, null, Objects.requireNonNull(update, "update"), null, List.of());
  }
}
