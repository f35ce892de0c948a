package io.dgen.processor.validate;

import io.dgen.processor.extract.HostCompiler;
import java.util.EnumSet;
import java.util.Set;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import org.jspecify.annotations.Nullable;

/**
 * Where a compiler shows an error. javac knows the place of every element. The Eclipse compiler
 * knows none of a record, or of anything in it, of a type parameter or an enum constant, and would
 * show the error without even a file: there it is shown at what is around them.
 */
final class Positions {

  private static final Set<ElementKind> UNKNOWN_TO_ECLIPSE =
      EnumSet.of(
          ElementKind.RECORD,
          ElementKind.RECORD_COMPONENT,
          ElementKind.TYPE_PARAMETER,
          ElementKind.ENUM_CONSTANT);

  private final boolean isEclipse;

  /**
   * Makes the positions of one compiler.
   *
   * @param environment the compiler
   */
  Positions(ProcessingEnvironment environment) {
    this.isEclipse = HostCompiler.isEclipse(environment);
  }

  /** Returns the element at which an error is shown. */
  Element shown(Element element) {
    if (!isEclipse) {
      return element;
    }
    @Nullable Element at = element;
    while (at != null && UNKNOWN_TO_ECLIPSE.contains(at.getKind())) {
      at = at.getEnclosingElement();
    }
    return at == null ? element : at;
  }
}
