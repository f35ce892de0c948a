/**
 * The declarations, once they are known to be right. Immutable; independent of Messager and Filer.
 */
@NullMarked
package io.dgen.processor.model;

import org.jspecify.annotations.NullMarked;
