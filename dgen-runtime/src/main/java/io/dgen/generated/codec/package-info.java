/**
 * What generated codecs are made of: codecs of types ({@link TermCodecs}) and of states ({@link
 * StateCodec}). Nothing here is for use by hand: it may change with the processor.
 *
 * <p>Codecs are stateless and thread-safe. Readers and writers belong to one thread.
 */
@NullMarked
package io.dgen.generated.codec;

import org.jspecify.annotations.NullMarked;
