/** Reads, writes and sends in the transaction of a callback, and in one of the user's own. */
@NullMarked
package io.dgen.tests.transactions;

import org.jspecify.annotations.NullMarked;
