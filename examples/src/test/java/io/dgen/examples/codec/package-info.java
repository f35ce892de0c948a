/** Black-box tests of the generated codecs. */
@NullMarked
package io.dgen.examples.codec;

import org.jspecify.annotations.NullMarked;
