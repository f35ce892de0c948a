package io.dgen;

/**
 * The caller of a call, for a reply that is given later: {@code handleCall} takes it as a
 * parameter, stores it in the state, in a message or elsewhere, and returns {@link
 * Results#replyLater}. Any later callback of any entity answers it with {@link Context#reply}, as
 * part of its transaction. The first reply counts; a reply to a caller that has given up is
 * dropped.
 *
 * <p>Immutable and thread-safe. Equality is by call.
 *
 * @param <R> the reply's type
 */
@SuppressWarnings("unused") // The type parameter is for the compiler only.
public interface From<R> {}
