/** Generated codecs: how values are written, and what another version reads of them. */
@NullMarked
package io.dgen.tests.codec;

import org.jspecify.annotations.NullMarked;
