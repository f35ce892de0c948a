/** What holds for every state, tried with random ones; and bytes that are damaged. */
@NullMarked
package io.dgen.tests.property;

import org.jspecify.annotations.NullMarked;
