/** Idempotency keys, and how long they are remembered. */
@NullMarked
package io.dgen.tests.idempotency;

import org.jspecify.annotations.NullMarked;
