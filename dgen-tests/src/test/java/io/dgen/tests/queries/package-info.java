/** Tests of queries: here, on another node, and within transactions. */
@NullMarked
package io.dgen.tests.queries;

import org.jspecify.annotations.NullMarked;
