package io.dgen.internal.store;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a store takes from outside, so that a test can own time, threads and chance.
 *
 * @param nanos a clock that never goes back, in nanoseconds from any origin
 * @param scheduler runs back-offs and timeouts; its thread only hands tasks over
 * @param random gives the jitter of back-offs; safe for all threads that use the store
 * @param completions completes what a caller may have attached code to, so that the code never runs
 *     on the committing thread; {@code Runnable::run} completes inline, after all locks are
 *     released. Those of {@link Environments#system} are platform threads, which the engine relies
 *     on for its promises of time: what the engine attaches to a future of the store must be short,
 *     and never be code of a user. Users may attach what blocks to futures of their own; it holds
 *     up others for some milliseconds at most
 * @param workers runs what commits, and waits for it
 */
public record StoreEnvironment(
    LongSupplier nanos,
    Scheduler scheduler,
    RandomGenerator random,
    Executor completions,
    StoreWorkers workers) {}
