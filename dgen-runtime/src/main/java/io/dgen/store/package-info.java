/** The store interface: strictly serializable transactions with FoundationDB's semantics. */
@NullMarked
package io.dgen.store;

import org.jspecify.annotations.NullMarked;
