package io.dgen.tests.generated;

/**
 * The state of a {@link Ledger}.
 *
 * @param cents the balance
 */
record LedgerState(long cents) {}
