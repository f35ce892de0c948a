/**
 * The building blocks of generated codecs: codecs of types ({@link TermCodecs}) and of states
 * ({@link StateCodec}). Not for use by hand: this package may change together with the processor.
 *
 * <p>Codecs are stateless and thread-safe. Readers and writers belong to one thread.
 */
@NullMarked
package io.dgen.generated.codec;

import org.jspecify.annotations.NullMarked;
