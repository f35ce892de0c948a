/**
 * dgen's figures in Micrometer. Micrometer is not a dependency of dgen's: the program that uses
 * this package brings it.
 */
@NullMarked
package io.dgen.micrometer;

import org.jspecify.annotations.NullMarked;
