/** Transfers between wallets: entities that ask each other, and hold nothing meanwhile. */
@NullMarked
package io.dgen.examples.transfer;

import org.jspecify.annotations.NullMarked;
