@org.jspecify.annotations.NullMarked
package io.dgen.processor.mutation;
