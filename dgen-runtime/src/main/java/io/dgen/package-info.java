/** The API for applications. */
@NullMarked
package io.dgen;

import org.jspecify.annotations.NullMarked;
