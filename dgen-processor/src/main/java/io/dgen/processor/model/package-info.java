/** What was declared, once it is known to be right. Immutable; knows neither Messager nor Filer. */
@NullMarked
package io.dgen.processor.model;

import org.jspecify.annotations.NullMarked;
