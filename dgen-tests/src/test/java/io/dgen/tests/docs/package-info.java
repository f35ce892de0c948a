/** What the documentation promises. */
@NullMarked
package io.dgen.tests.docs;

import org.jspecify.annotations.NullMarked;
