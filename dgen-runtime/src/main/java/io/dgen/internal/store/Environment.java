package io.dgen.internal.store;

import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/**
 * What a store takes from outside, so that a test can own time, threads and chance.
 *
 * @param nanos a clock that never goes back, in nanoseconds from any origin
 * @param scheduler runs back-offs and timeouts
 * @param random gives the jitter of back-offs; safe for all threads that use the store
 * @param completions completes what a caller may have attached code to, so that the code never runs
 *     on the committing thread; {@code Runnable::run} completes inline, after all locks are
 *     released
 */
public record Environment(
    LongSupplier nanos, Scheduler scheduler, RandomGenerator random, Executor completions) {}
