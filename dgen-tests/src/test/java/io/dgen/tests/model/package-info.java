/** A model of the whole, and senders that compare the engine with it. */
@NullMarked
package io.dgen.tests.model;

import org.jspecify.annotations.NullMarked;
