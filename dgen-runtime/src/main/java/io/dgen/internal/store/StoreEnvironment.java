package io.dgen.internal.store;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * A store's source of time, threads and randomness, so that a test can control them.
 *
 * @param nanos a monotonic clock, in nanoseconds from any origin
 * @param scheduler runs back-offs and timeouts; its thread only passes tasks on
 * @param random the jitter of back-offs; safe for all threads that use the store
 * @param completions completes futures that may have callers' continuations, so that these never
 *     run on the committing thread; {@code Runnable::run} completes inline, after all locks are
 *     released. Those of {@link Environments#system} are platform threads, which the engine relies
 *     on for its deadlines: what the engine attaches to a future of the store must be short, and
 *     never be user code. Users may attach blocking continuations to their own futures; these hold
 *     up others for some milliseconds at most
 * @param workers runs commits, and waits for them
 */
public record StoreEnvironment(
    LongSupplier nanos,
    Scheduler scheduler,
    RandomGenerator random,
    Executor completions,
    StoreWorkers workers) {}
