/**
 * An entity that has work on this node: its lane, its cached state, and one thread while there is
 * work.
 *
 * <p>Start with {@code Activation}. Its lane, operations and flags are guarded by the {@code
 * Inbox}; its rounds belong to the running thread. No user code runs under its lock.
 */
@NullMarked
package io.dgen.internal.engine.activation;

import org.jspecify.annotations.NullMarked;
