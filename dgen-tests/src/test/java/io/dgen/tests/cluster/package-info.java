/** Several nodes on one store: hosting, joining, leaving, dying. */
@NullMarked
package io.dgen.tests.cluster;

import org.jspecify.annotations.NullMarked;
