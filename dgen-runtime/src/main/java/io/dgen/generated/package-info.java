/**
 * What generated code is made of: the base classes of clients, messages, servers and codecs. Start
 * with {@link EntityClient}. Nothing here is for use by hand: it may change with the processor.
 */
@NullMarked
package io.dgen.generated;

import org.jspecify.annotations.NullMarked;
