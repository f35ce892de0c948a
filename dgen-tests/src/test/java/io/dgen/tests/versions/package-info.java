/** What one version of a server has stored and another one reads. */
@NullMarked
package io.dgen.tests.versions;

import org.jspecify.annotations.NullMarked;
