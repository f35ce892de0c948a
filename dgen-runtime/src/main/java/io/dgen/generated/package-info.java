/**
 * The building blocks of generated code: the base classes of clients, messages, servers and codecs.
 * Start with {@link EntityClient}. Not for use by hand: this package may change together with the
 * processor.
 */
@NullMarked
package io.dgen.generated;

import org.jspecify.annotations.NullMarked;
