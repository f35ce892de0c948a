package io.dgen.generated;

import io.dgen.Delete;
import io.dgen.LockedResult;
import io.dgen.QueryContext;
import io.dgen.ReplyAndDelete;
import io.dgen.Result;
import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.error.EntityNotFoundException;
import io.dgen.internal.Texts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checks on the results of callbacks, for generated servers. A state is never null. */
public final class Callbacks {

  private Callbacks() {}

  /**
   * Checks a state.
   *
   * @param state the state that the callback returned
   * @param callback the callback, as {@code Counter.init()}
   * @param <S> the state record
   * @return the state
   * @throws DgenException if it is null
   */
  public static <S> S state(@Nullable S state, String callback) {
    if (state == null) {
      throw new DgenException(
          callback + " returned null; return the new state, or the old one", null, Effect.NONE);
    }
    return state;
  }

  /**
   * Checks a result of {@code handleLocked}.
   *
   * @param result the result
   * @param callback names the callback in the error
   * @param <R> the reply's type
   * @param <S> the state's type
   * @return the result
   * @throws DgenException if it is null
   */
  public static <R, S> LockedResult<R, S> locked(
      @Nullable LockedResult<R, S> result, String callback) {
    if (result == null) {
      throw new DgenException(
          callback + " returned null; return a result, such as Results.unlock",
          null,
          Effect.UNKNOWN);
    }
    return result;
  }

  /**
   * Returns the state of an entity that must exist.
   *
   * @param state the stored state, if there is one
   * @param query the name of the query's record
   * @param context the query's context
   * @param <S> the state record
   * @return the state
   * @throws EntityNotFoundException if there is none
   */
  public static <S> S existing(Optional<S> state, String query, QueryContext context) {
    return state.orElseThrow(
        () ->
            new EntityNotFoundException(
                query
                    + " to "
                    + context.server()
                    + "("
                    + Texts.quoted(context.id())
                    + ") found no entity: none has been created, or it was killed or reset, and a"
                    + " query creates none; send a call or a cast first, or take Optional of the"
                    + " state in handleQuery"));
  }

  /**
   * Returns the error for a query in the place of a message that runs in rounds.
   *
   * @param query the name of the query's record
   * @return the error
   */
  public static DgenException query(String query) {
    return new DgenException(
        query + " is a query, which runs outside of rounds; send it with the generated client",
        null,
        Effect.NONE);
  }

  /**
   * Checks a result.
   *
   * @param result the result that the callback returned
   * @param callback the callback, as {@code Counter.handleCast(Increment, State)}
   * @param <S> the state record
   * @return the result
   * @throws DgenException if it is null or has no state
   */
  // The state is declared non-null, but user code that is not null-marked may still return null.
  @SuppressWarnings("ConstantValue")
  public static <S> Result<S> result(@Nullable Result<S> result, String callback) {
    if (result == null) {
      throw new DgenException(
          callback + " returned null; return a result, such as Results.reply or Results.noReply",
          null,
          Effect.NONE);
    }
    boolean deletes = result instanceof Delete<?, ?> || result instanceof ReplyAndDelete<?, ?>;
    if (result.state() == null && !deletes) {
      throw new DgenException(
          callback + " returned a result without a state; give it the new state, or the old one",
          null,
          Effect.NONE);
    }
    return result;
  }
}
