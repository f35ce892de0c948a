/**
 * Threads, time and turns: who may run now, on which thread, and how long others wait for it.
 *
 * <p>A callback never runs on a thread that keeps a promise of time (rule 7): {@code
 * SystemEnvironment} has threads for each, and {@code Errands} lets callers of the API wait for
 * what runs elsewhere. {@code FairScheduler} bounds how many entities are at work; start there.
 */
@NullMarked
package io.dgen.internal.engine.work;

import org.jspecify.annotations.NullMarked;
