package io.dgen.processor.extract;

import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;

/** Declarations that every compiler refuses, although some continue with them. */
public final class Declarations {

  /** No type may have such a name (Java language, 3.9). */
  private static final Set<String> RESTRICTED =
      Set.of("permits", "record", "sealed", "var", "yield");

  private Declarations() {}

  /**
   * Returns whether a type has a name or a modifier that it cannot have.
   *
   * @param type a type
   * @return whether the compiler reports it, and code that uses the type would fail too
   */
  public static boolean areWrong(TypeElement type) {
    boolean isFinal = type.getKind() == ElementKind.RECORD || type.getKind() == ElementKind.ENUM;
    return RESTRICTED.contains(type.getSimpleName().toString())
        || (isFinal && type.getModifiers().contains(Modifier.ABSTRACT));
  }
}
