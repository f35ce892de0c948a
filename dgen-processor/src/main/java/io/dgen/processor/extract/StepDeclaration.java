package io.dgen.processor.extract;

import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/**
 * A nested type that implements {@code Step}.
 *
 * @param element the type
 * @param isMessage whether it is also marked as a message
 * @param result the {@code R} of {@code Step<R>}; empty if it is raw
 */
public record StepDeclaration(TypeElement element, boolean isMessage, Optional<TypeMirror> result) {

  /**
   * Returns the simple name.
   *
   * @return the name of the record
   */
  public String name() {
    return element.getSimpleName().toString();
  }
}
