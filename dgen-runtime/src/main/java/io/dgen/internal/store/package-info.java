/**
 * The transaction engine behind the embedded store: versions, read-your-writes, conflicts, commits
 * and watches, over a small storage interface.
 */
@NullMarked
package io.dgen.internal.store;

import org.jspecify.annotations.NullMarked;
