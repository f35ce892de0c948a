package io.dgen;

/**
 * A step of the work that {@code handleLocked} does. A nested record without components that
 * implements it gives the server's generated {@code Steps} class a method, which runs the step once
 * for each message and key, and returns what it returned whenever {@code handleLocked} comes to it
 * again.
 *
 * <pre>{@code
 * record Charge() implements Step<String> {}
 *
 * String receipt = AccountSteps.in(context).charge(() -> bank.charge(card, cents));
 * }</pre>
 *
 * @param <R> the result's type; {@code Void} for a step without one
 */
public interface Step<R> {

  /**
   * The work of a step.
   *
   * @param <R> the result's type
   * @param <X> what it throws
   */
  @FunctionalInterface
  interface Body<R, X extends Exception> {

    /**
     * Does the work.
     *
     * @return the result, which is recorded
     * @throws X if it fails: nothing is recorded
     */
    R run() throws X;
  }

  /**
   * The work of a step that wants to know which attempt it is, or needs a key for a service.
   *
   * @param <R> the result's type
   * @param <X> what it throws
   */
  @FunctionalInterface
  interface ContextBody<R, X extends Exception> {

    /**
     * Does the work.
     *
     * @param step the run of the step
     * @return the result, which is recorded
     * @throws X if it fails: nothing is recorded
     */
    R run(StepContext step) throws X;
  }

  /**
   * The work of a step without a result.
   *
   * @param <X> what it throws
   */
  @FunctionalInterface
  interface Action<X extends Exception> {

    /**
     * Does the work.
     *
     * @throws X if it fails: nothing is recorded
     */
    void run() throws X;
  }

  /**
   * The work of a step without a result that wants to know which attempt it is, or needs a key for
   * a service.
   *
   * @param <X> what it throws
   */
  @FunctionalInterface
  interface ContextAction<X extends Exception> {

    /**
     * Does the work.
     *
     * @param step the run of the step
     * @throws X if it fails: nothing is recorded
     */
    void run(StepContext step) throws X;
  }
}
