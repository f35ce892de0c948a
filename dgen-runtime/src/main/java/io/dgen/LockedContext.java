package io.dgen;

/**
 * The context of {@code handleLocked}, which takes it as an optional parameter. There is no
 * transaction: what a {@link Context} does in one throws an {@link IllegalStateException} here, and
 * belongs in the update of the result. Its work can be done in steps, through the server's
 * generated class: {@code AccountSteps.in(context)}.
 *
 * <p>Not thread-safe, and valid only until {@code handleLocked} returns, on its own thread.
 */
public interface LockedContext extends Context {}
