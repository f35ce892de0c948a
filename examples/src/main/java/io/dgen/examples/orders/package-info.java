/**
 * Orders that reserve goods, are paid and ship: a saga of servers that ask each other, and a
 * message that can be recalled.
 */
@NullMarked
package io.dgen.examples.orders;

import org.jspecify.annotations.NullMarked;
