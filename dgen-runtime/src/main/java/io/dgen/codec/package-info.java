/**
 * The API for writing a {@link TermCodec} of one's own, and the exceptions that report unreadable
 * data.
 */
@NullMarked
package io.dgen.codec;

import org.jspecify.annotations.NullMarked;
