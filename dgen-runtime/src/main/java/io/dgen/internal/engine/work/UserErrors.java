package io.dgen.internal.engine.work;

import io.dgen.error.DgenException;
import io.dgen.error.Effect;
import io.dgen.internal.engine.format.ErrorText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/**
 * Makes users' exceptions safe to handle: logging or storing one, or following its causes,
 * terminates, and its methods do not fail.
 */
public final class UserErrors {

  /** The most exceptions that are visited, following causes and suppressed ones. */
  private static final int MAX_STEPS = 200;

  /** How many causes of a replaced exception are kept. */
  private static final int KEPT_CAUSES = 3;

  private static final int MAX_TEXT = 1000;

  /** The most text of one that is logged. */
  private static final int MAX_TRACE = 200_000;

  private UserErrors() {}

  /**
   * Returns the exception, or a safe one that says the same. Two exceptions may be causes of each
   * other, one may create a new cause at each call, and sixty that are both cause and suppressed of
   * the next have as many paths as a long has values: so steps are counted, not exceptions.
   */
  public static Throwable safe(Throwable thrown) {
    try {
      return isBounded(thrown) && ErrorText.isPrintable(thrown, MAX_TRACE)
          ? thrown
          : replaced(thrown, KEPT_CAUSES);
    } catch (Throwable e) {
      return new DgenException(
          "an exception of " + thrown.getClass() + " whose message cannot be read",
          null,
          effect(thrown));
    }
  }

  private static Effect effect(Throwable thrown) {
    return thrown instanceof DgenException known ? known.effect() : Effect.UNKNOWN;
  }

  private static boolean isBounded(Throwable thrown) {
    Deque<Throwable> left = new ArrayDeque<>();
    left.push(thrown);
    for (int steps = 0; steps < MAX_STEPS; steps++) {
      if (left.isEmpty()) {
        return true;
      }
      Throwable next = left.pop();
      Objects.requireNonNull(next.toString());
      Throwable cause = next.getCause();
      if (cause != null) {
        left.push(cause);
      }
      for (Throwable suppressed : next.getSuppressed()) {
        left.push(suppressed);
      }
    }
    return false;
  }

  private static DgenException replaced(Throwable thrown, int causes) {
    Throwable cause = causes == 0 ? null : thrown.getCause();
    DgenException copy =
        new DgenException(
            ErrorText.bounded(thrown.toString(), MAX_TEXT)
                + " (truncated: the exception, or one of its causes, is too long or has no end)",
            cause == null ? null : replaced(cause, causes - 1),
            effect(thrown));
    copy.setStackTrace(thrown.getStackTrace());
    return copy;
  }
}
