package io.dgen.processor.extract;

import java.util.Optional;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** The runtime's types, found by name: the processor does not depend on the runtime. */
public final class DgenTypes {

  /** The annotation that this is all about. */
  public static final String ANNOTATION = "io.dgen.annotations.DistributedServer";

  private final Elements elements;
  private final Types types;

  /**
   * Makes the look-up.
   *
   * @param elements the compiler's elements
   * @param types the compiler's types
   */
  public DgenTypes(Elements elements, Types types) {
    this.elements = elements;
    this.types = types;
  }

  /**
   * The compiler's elements.
   *
   * @return the utility
   */
  public Elements elements() {
    return elements;
  }

  /**
   * The compiler's types.
   *
   * @return the utility
   */
  public Types types() {
    return types;
  }

  /**
   * Finds a class of {@code io.dgen}.
   *
   * @param simpleName its simple name
   * @return the class, if the runtime is on the path
   */
  public Optional<TypeElement> find(String simpleName) {
    return Optional.ofNullable(elements.getTypeElement("io.dgen." + simpleName));
  }

  /**
   * Whether a type is a class of {@code io.dgen}, with whatever arguments.
   *
   * @param type a type
   * @param simpleName the class's simple name
   * @return whether it is that class itself
   */
  public boolean is(TypeMirror type, String simpleName) {
    return type.getKind() == TypeKind.DECLARED
        && ((TypeElement) ((DeclaredType) type).asElement())
            .getQualifiedName()
            .contentEquals("io.dgen." + simpleName);
  }

  /**
   * The type by which a type implements an interface of {@code io.dgen}.
   *
   * @param type a type
   * @param simpleName the interface's simple name
   * @return the interface with its arguments, if the type implements it
   */
  public @Nullable DeclaredType supertype(TypeMirror type, String simpleName) {
    if (is(type, simpleName)) {
      return (DeclaredType) type;
    }
    for (TypeMirror above : types.directSupertypes(type)) {
      DeclaredType found =
          above.getKind() == TypeKind.DECLARED ? supertype(above, simpleName) : null;
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
