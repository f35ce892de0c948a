/** Dead letters: listed, requeued, discarded. */
@NullMarked
package io.dgen.tests.deadletters;

import org.jspecify.annotations.NullMarked;
