/** What an operator sees: status, listings, JSON, logs and metrics. */
@NullMarked
package io.dgen.tests.inspect;

import org.jspecify.annotations.NullMarked;
