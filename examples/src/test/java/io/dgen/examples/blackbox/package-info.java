/** Real interfaces, really compiled: what is generated for them is run. */
@NullMarked
package io.dgen.examples.blackbox;

import org.jspecify.annotations.NullMarked;
