/** Tests of asks: what becomes of the answers, whatever becomes of the two entities. */
@NullMarked
package io.dgen.tests.asks;

import org.jspecify.annotations.NullMarked;
