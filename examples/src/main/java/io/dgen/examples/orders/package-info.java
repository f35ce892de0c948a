/**
 * Orders that reserve goods: servers that send to each other, and a message that can be recalled.
 */
@NullMarked
package io.dgen.examples.orders;

import org.jspecify.annotations.NullMarked;
