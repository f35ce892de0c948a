package io.dgen.internal.engine.work;

import io.dgen.error.DgenException;
import io.dgen.internal.engine.format.ErrorText;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;

/**
 * Makes sure of what users throw: whoever logs it, stores it or follows its causes comes to an end,
 * and its methods do not fail.
 */
public final class UserErrors {

  /** More exceptions than this, followed by cause and suppressed, are never looked at. */
  private static final int MAX_STEPS = 200;

  /** How many causes of an exception that is replaced are kept. */
  private static final int KEPT_CAUSES = 3;

  private static final int MAX_TEXT = 1000;

  /** Nor is more text logged of one. */
  private static final int MAX_TRACE = 200_000;

  private UserErrors() {}

  /**
   * Returns the exception, or one that says the same and can be followed. Two exceptions may be
   * causes of each other, one may make another cause whenever it is asked, and sixty that are both
   * cause and suppressed of the next have as many paths as there are bits in a long: so steps are
   * counted, not exceptions.
   */
  public static Throwable safe(Throwable thrown) {
    try {
      return isBounded(thrown) && ErrorText.isPrintable(thrown, MAX_TRACE)
          ? thrown
          : replaced(thrown, KEPT_CAUSES);
    } catch (Throwable e) {
      return new DgenException(
          "an exception of " + thrown.getClass() + " that fails when it is asked for its message");
    }
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
                + " (what it says is cut: it, or the causes of it, are too long or have no end)",
            cause == null ? null : replaced(cause, causes - 1));
    copy.setStackTrace(thrown.getStackTrace());
    return copy;
  }
}
