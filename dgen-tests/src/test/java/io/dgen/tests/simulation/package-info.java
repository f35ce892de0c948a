/** The engine in virtual time: every interleaving comes from a seed. */
package io.dgen.tests.simulation;
