/**
 * Metrics of dgen in Micrometer. Micrometer is not a dependency of dgen: the program that uses this
 * package provides it.
 */
@NullMarked
package io.dgen.micrometer;

import org.jspecify.annotations.NullMarked;
