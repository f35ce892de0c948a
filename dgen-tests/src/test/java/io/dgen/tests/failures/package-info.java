/** What fails: callbacks, codecs, stored rows, memory and the store; and what failing leads to. */
@NullMarked
package io.dgen.tests.failures;

import org.jspecify.annotations.NullMarked;
