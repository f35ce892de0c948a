package io.dgen.generated;

import io.dgen.LockedContext;
import io.dgen.Step;
import io.dgen.StepRetry;
import io.dgen.generated.StepForms.Form;
import org.jspecify.annotations.Nullable;

/**
 * Runs the steps of one run of {@code handleLocked}: every {@link LockedContext} of the engine is
 * one. It keeps this out of the interface that users see.
 */
public interface StepRunner extends LockedContext {

  /**
   * Runs a step, unless its result is recorded.
   *
   * @param form the step
   * @param key tells the runs of the step within one message apart; empty for a step without a key
   * @param retry how often it is tried
   * @param body the work
   * @param <X> what the work throws
   * @return what was recorded
   * @throws X what the work throws
   */
  <X extends Exception> @Nullable Object run(
      Form form, String key, StepRetry retry, Step.ContextBody<?, X> body) throws X;

  /**
   * Returns the runner of a context.
   *
   * @param context the context of {@code handleLocked}
   * @param forms the steps of the server whose generated class is used
   * @return the runner
   * @throws IllegalArgumentException if the context is of another server
   */
  static StepRunner of(LockedContext context, StepForms forms) {
    if (!(context instanceof StepRunner runner)) {
      throw new IllegalArgumentException(
          "steps need the LockedContext that handleLocked takes; found a "
              + context.getClass().getName());
    }
    if (!context.server().equals(forms.server())) {
      throw new IllegalArgumentException(
          "handleLocked of "
              + context.server()
              + " used the steps of "
              + forms.server()
              + "; use those of its own server");
    }
    return runner;
  }
}
