/**
 * Queries: reading an entity without a round.
 *
 * <p>{@code EntityReader} reads an entity from one snapshot, and {@code QueryCallbacks} runs a
 * query on it: for {@code Queries}, which clients' queries go through, and within a transaction for
 * {@code TransactionQueries}. Nothing here writes to an entity. {@code
 * docs/decisions/0045-queries.md} has the cases.
 */
@NullMarked
package io.dgen.internal.engine.query;

import org.jspecify.annotations.NullMarked;
