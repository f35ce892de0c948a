/**
 * Threads, time and scheduling: what may run now, on which thread, and how long callers wait for
 * it.
 *
 * <p>A callback never runs on a thread that work with a deadline needs (rule 7): {@code
 * SystemEnvironment} has threads for each, and {@code Errands} lets callers of the API wait for
 * what runs elsewhere. {@code FairScheduler} bounds how many entities are active; start there.
 */
@NullMarked
package io.dgen.internal.engine.work;

import org.jspecify.annotations.NullMarked;
