package io.dgen.internal.engine.control;

/**
 * Ends a run of {@code handleLocked} whose work sleeps: it begins again when it is woken. An error,
 * so that what catches exceptions lets it pass.
 */
final class Asleep extends Error {

  private static final long serialVersionUID = 1L;

  Asleep() {
    super(
        "handleLocked sleeps, and begins again when it is woken; let this pass",
        null,
        false,
        false);
  }
}
