/** What generated codecs are made of. */
@NullMarked
package io.dgen.codec;

import org.jspecify.annotations.NullMarked;
