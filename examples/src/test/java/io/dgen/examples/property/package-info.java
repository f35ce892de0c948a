/** What holds for every state, tried with random ones; and bytes that are damaged. */
@NullMarked
package io.dgen.examples.property;

import org.jspecify.annotations.NullMarked;
