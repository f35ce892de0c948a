/** What the documentation promises. */
@NullMarked
package io.dgen.readme;

import org.jspecify.annotations.NullMarked;
