/**
 * Locks, and the killing of entities.
 *
 * <p>A lock and a kill are each decided by one transaction that reads the meta key with a conflict.
 * Start with {@code Locks} and {@code EntityKill}; {@code docs/decisions/0014-server-contract.md}
 * has the interleavings.
 */
@NullMarked
package io.dgen.internal.engine.control;

import org.jspecify.annotations.NullMarked;
