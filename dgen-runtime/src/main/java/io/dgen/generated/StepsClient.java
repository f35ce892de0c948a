package io.dgen.generated;

import io.dgen.LockedContext;
import io.dgen.Step;
import io.dgen.StepRetry;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The base class of the generated steps of a server. A step runs once for each message and key, and
 * its result is recorded under the lock of the message. When {@code handleLocked} runs again (after
 * a failure, on another node, or when the dead letter of its message was requeued), the step
 * returns what was recorded.
 *
 * <p>Each method of a step checks that the lock is still held, before the step runs and when its
 * result is recorded.
 *
 * <p>Not thread-safe, and valid only until {@code handleLocked} returns, on its own thread.
 *
 * @param <C> the generated class
 */
public abstract class StepsClient<C> {

  private final StepRunner runner;
  private final StepForms forms;
  private final StepRetry retry;

  /**
   * Creates the steps.
   *
   * @param context the context of {@code handleLocked}
   * @param forms the server's steps
   * @param retry how often each is tried
   */
  protected StepsClient(LockedContext context, StepForms forms, StepRetry retry) {
    this.runner = StepRunner.of(context, forms);
    this.forms = forms;
    this.retry = Objects.requireNonNull(retry, "retry");
  }

  /**
   * Returns the same steps with another policy for those that fail.
   *
   * @param policy how often a step is tried within one run of {@code handleLocked}
   * @return new steps
   */
  public final C retrying(StepRetry policy) {
    return with(runner, policy);
  }

  /**
   * Makes steps.
   *
   * @param context the context of {@code handleLocked}
   * @param policy how often each is tried
   * @return new steps
   */
  protected abstract C with(LockedContext context, StepRetry policy);

  /**
   * Runs a step, unless its result is recorded.
   *
   * @param name the name of its record
   * @param key its key; null for none
   * @param body the work
   * @param <R> the result's type
   * @param <X> what the work throws
   * @return what was recorded
   * @throws X what the work throws
   * @throws IllegalArgumentException if the key is empty or too long
   */
  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals",
    "NullAway"
  }) // The codec guarantees the type, which may be nullable.
  protected final <R extends @Nullable Object, X extends Exception> R step(
      String name, @Nullable String key, Step.ContextBody<?, X> body) throws X {
    Objects.requireNonNull(body, "body");
    if (key != null && key.isEmpty()) {
      throw new IllegalArgumentException(
          "the key of step " + name + " is empty; leave it out, or give each run a key of its own");
    }
    return (R) runner.run(forms.form(name), key == null ? "" : key, retry, body);
  }
}
