/**
 * Transactions that run exactly once (rule 4), and the loop that follows a key.
 *
 * <p>{@code Transactor} repeats what may be repeated, and settles an unknown outcome by the receipt
 * that each attempt writes ({@code Receipts}). {@code NodeStore} is the store as one node uses it,
 * and {@code Entity} one entity in it: most classes of the packages above begin with one of them.
 */
@NullMarked
package io.dgen.internal.engine.tx;

import org.jspecify.annotations.NullMarked;
