/** What may use what: the layers of the modules and of the engine's packages. */
@NullMarked
package io.dgen.tests.architecture;

import org.jspecify.annotations.NullMarked;
