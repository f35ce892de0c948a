/**
 * What generated clients and servers are made of. Not for use by hand: it may change with the
 * processor.
 */
@NullMarked
package io.dgen.spi;

import org.jspecify.annotations.NullMarked;
