package io.dgen.internal.engine.work;

import io.dgen.FailurePolicy;
import io.dgen.error.RefusedException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** Tells refusals from failures. */
public final class Refusals {

  /** How many wrappers are opened: an exception may be its own cause. */
  private static final int MAX_WRAPPERS = 10;

  private Refusals() {}

  /**
   * Returns the refusal that a callback has thrown, also one that it got from another entity, in
   * whatever a future wraps it.
   *
   * @param policy says which other exceptions refuse
   * @return null if what was thrown is a failure
   */
  public static @Nullable RefusedException of(Throwable thrown, FailurePolicy policy) {
    Throwable inner = thrown;
    for (int i = 0; i < MAX_WRAPPERS && isWrapper(inner); i++) {
      Throwable cause = inner.getCause();
      if (cause == null) {
        return null;
      }
      inner = cause;
    }
    return inner instanceof RefusedException refusal ? refusal : other(inner, policy);
  }

  private static @Nullable RefusedException other(Throwable thrown, FailurePolicy policy) {
    if (thrown instanceof InterruptedException
        || policy.refusing().stream().noneMatch(type -> type.isInstance(thrown))) {
      return null;
    }
    String text = UserErrors.safe(thrown).getMessage();
    return new RefusedException(thrown.getClass().getSimpleName(), text == null ? "" : text);
  }

  private static boolean isWrapper(Throwable thrown) {
    return thrown.getClass() == CompletionException.class
        || thrown.getClass() == ExecutionException.class;
  }
}
