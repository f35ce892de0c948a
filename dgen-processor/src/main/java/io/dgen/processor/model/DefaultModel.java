package io.dgen.processor.model;

import com.squareup.javapoet.CodeBlock;

/**
 * The value of a component that was not stored.
 *
 * @param expression the value
 * @param kind how to use it
 */
public record DefaultModel(CodeBlock expression, Kind kind) {

  /** How the expression is to be used. */
  public enum Kind {
    /** A literal or a constant, which costs nothing. */
    LITERAL,
    /** An immutable value that is made once. */
    VALUE,
    /** A method of the user's, called when the component is missing. */
    METHOD
  }
}
