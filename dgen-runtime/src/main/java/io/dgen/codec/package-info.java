/**
 * What a {@link TermCodec} of one's own is written with, and what unreadable data is reported as.
 */
@NullMarked
package io.dgen.codec;

import org.jspecify.annotations.NullMarked;
