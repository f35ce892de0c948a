/** The servers that tests of the engine send to. */
@NullMarked
package io.dgen.tests.servers;

import org.jspecify.annotations.NullMarked;
