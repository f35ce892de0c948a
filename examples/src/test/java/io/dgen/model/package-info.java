/** A model of what senders may expect, and senders that use every kind of message. */
@NullMarked
package io.dgen.model;

import org.jspecify.annotations.NullMarked;
