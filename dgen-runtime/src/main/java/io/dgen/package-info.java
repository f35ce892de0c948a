/** What a user of dgen imports. */
@NullMarked
package io.dgen;

import org.jspecify.annotations.NullMarked;
