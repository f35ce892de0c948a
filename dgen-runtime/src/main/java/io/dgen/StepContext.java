package io.dgen;

/** A run of a step. Immutable and thread-safe. */
public interface StepContext {

  /**
   * Returns a key for a service outside by which it recognises that the step is repeated: the same
   * in every attempt of this step, on whatever node, and another for every other step, message and
   * entity.
   *
   * <p>Between its effect outside and the record of its result a process may die. Then the step
   * runs again: at least once is all that can be had, and a service that knows the key makes it
   * once.
   *
   * @return at most 64 letters, digits, {@code -} and {@code _}
   */
  String stepKey();

  /**
   * Returns the number of attempts of this step, this one included: those of earlier runs of {@code
   * handleLocked} count too, and those during which the process died. Each is counted durably
   * before it begins.
   *
   * @return 1 if the step has certainly not run before; more if it may have, in part or whole
   */
  int attempt();
}
