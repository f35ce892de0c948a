/** The servers that tests of the engine send to; each opens with what it is for. */
@NullMarked
package io.dgen.tests.servers;

import org.jspecify.annotations.NullMarked;
