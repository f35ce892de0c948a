/** Sizes and numbers: of messages, states, lanes, queues and whole nodes. */
@NullMarked
package io.dgen.tests.limits;

import org.jspecify.annotations.NullMarked;
