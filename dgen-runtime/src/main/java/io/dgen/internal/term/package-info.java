/**
 * Terms: values as bytes of CBOR. Start with {@link Terms}. The only package that touches Jackson.
 * Readers and writers belong to one thread.
 */
@NullMarked
package io.dgen.internal.term;

import org.jspecify.annotations.NullMarked;
