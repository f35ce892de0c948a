package io.dgen.generated;

import io.dgen.Answer;
import java.util.Objects;

/**
 * What an entity asked, and the answer: the record in the wrapper of an answer. Immutable if what
 * was asked and the reply are.
 *
 * @param asked what was asked
 * @param answer the answer
 * @param <Q> the record of the call
 * @param <R> the reply's type
 */
public record Answered<Q extends Record, R>(Q asked, Answer<R> answer) {

  /** Checks the components. */
  public Answered {
    Objects.requireNonNull(asked, "asked");
    Objects.requireNonNull(answer, "answer");
  }
}
