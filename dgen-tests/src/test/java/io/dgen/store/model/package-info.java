/** Random transactions, run alike on a store and on a plain model of one. */
@NullMarked
package io.dgen.store.model;

import org.jspecify.annotations.NullMarked;
