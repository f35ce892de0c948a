/**
 * One transaction of one entity: reading, callbacks, and one commit for all of it (rules 1 to 3).
 *
 * <p>Start with {@code Round}, then {@code RoundAttempt}, which is one attempt at it. Everything
 * here belongs to the one thread of the entity's activation, except {@code ActionRunner}, which
 * runs actions after their commits.
 */
@NullMarked
package io.dgen.internal.engine.round;

import org.jspecify.annotations.NullMarked;
