package io.dgen.internal.engine.failure;

import io.dgen.error.RefusedException;

/**
 * A message that was refused.
 *
 * @param message its name
 * @param toCaller whether somebody waits for the refusal
 */
public record RefusedMessage(String message, RefusedException refusal, boolean toCaller) {}
