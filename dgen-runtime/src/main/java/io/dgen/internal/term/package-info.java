/**
 * Terms: values encoded as CBOR. Start with {@link Terms}. The only package that uses Jackson.
 * Readers and writers belong to one thread.
 */
@NullMarked
package io.dgen.internal.term;

import org.jspecify.annotations.NullMarked;
