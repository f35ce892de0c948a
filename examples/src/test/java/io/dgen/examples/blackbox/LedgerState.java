package io.dgen.examples.blackbox;

/**
 * The state of a {@link Ledger}.
 *
 * @param cents the balance
 */
record LedgerState(long cents) {}
