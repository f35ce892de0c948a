/**
 * A recorder of transactions, and a checker that says whether what they saw is strictly
 * serializable.
 */
@NullMarked
package io.dgen.store.serializability;

import org.jspecify.annotations.NullMarked;
