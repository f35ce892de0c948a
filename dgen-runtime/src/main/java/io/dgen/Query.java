package io.dgen;

/**
 * A message that only reads: {@code handleQuery} returns the {@code R} for the latest committed
 * state. It goes past queue, lock, pause and back-off, does not wait for a callback that is
 * running, never creates the entity and never changes anything. Many run at the same time.
 *
 * @param <R> the reply's type
 */
public interface Query<R> {}
