/** Generated code without an engine: names, classes of the user's, every component type. */
@NullMarked
package io.dgen.tests.generated;

import org.jspecify.annotations.NullMarked;
