/** Tests of the schema files, through javac. */
@NullMarked
package io.dgen.processor.schema;

import org.jspecify.annotations.NullMarked;
