/** A chat room whose messages are a list of which each change writes one item. */
@NullMarked
package io.dgen.examples.chat;

import org.jspecify.annotations.NullMarked;
