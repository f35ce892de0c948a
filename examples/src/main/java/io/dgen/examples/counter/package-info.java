/** The smallest server. */
@NullMarked
package io.dgen.examples.counter;

import org.jspecify.annotations.NullMarked;
