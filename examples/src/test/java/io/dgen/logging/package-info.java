/** The logging system of the tests. */
@NullMarked
package io.dgen.logging;

import org.jspecify.annotations.NullMarked;
