/**
 * The engine under one seed: virtual time, one thread at a time, and a store that fails in every
 * way that it may. The same seed gives the same history.
 */
package io.dgen.simulation;
