/** Charges cards: a lock around an external call, idempotency keys, and dead letters. */
@NullMarked
package io.dgen.examples.payments;

import org.jspecify.annotations.NullMarked;
