package io.dgen.processor.extract;

import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** The runtime's types, found by name: the processor does not depend on the runtime. */
public final class DgenTypes {

  /** The annotation of a server. */
  public static final String ANNOTATION = "io.dgen.annotations.DistributedServer";

  /** The annotation that names the client's method for a message. */
  public static final String CLIENT_NAME = "io.dgen.annotations.ClientName";

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
   * Returns the compiler's elements.
   *
   * @return the utility
   */
  public Elements elements() {
    return elements;
  }

  /**
   * Returns the compiler's types.
   *
   * @return the utility
   */
  public Types types() {
    return types;
  }

  /**
   * Looks for the runtime, without which nothing that is generated compiles.
   *
   * @param type the interface: only types that its module reads count
   * @return the name of a class of it that is missing
   */
  public Optional<String> missingRuntime(TypeElement type) {
    ModuleElement module = elements.getModuleOf(type);
    return Stream.of("io.dgen.Call", "io.dgen.Dgen", "io.dgen.generated.EntityClient")
        .filter(
            it ->
                (module == null ? elements.getTypeElement(it) : elements.getTypeElement(module, it))
                    == null)
        .findFirst();
  }

  /**
   * Returns whether a simple name of {@code java.lang} means something else in a type's package.
   *
   * @param type a type
   * @return whether its package has a type with the name of one in {@code java.lang}
   */
  public boolean hidesJavaLang(TypeElement type) {
    return elements.getPackageOf(type).getEnclosedElements().stream()
        .anyMatch(it -> elements.getTypeElement("java.lang." + it.getSimpleName()) != null);
  }

  /**
   * Returns whether a type is a class of {@code io.dgen}, with whatever arguments.
   *
   * @param type a type
   * @param simpleName the class's simple name
   * @return whether it is that class itself
   */
  public boolean is(TypeMirror type, String simpleName) {
    return isNamed(type, "io.dgen." + simpleName);
  }

  /**
   * Returns whether a type is {@code Void}.
   *
   * @param type a type
   * @return whether it is the class, not the keyword
   */
  public static boolean isVoid(TypeMirror type) {
    return isNamed(type, "java.lang.Void");
  }

  /**
   * Returns whether a type is a class, with whatever arguments.
   *
   * @param type a type
   * @param name the class's qualified name
   * @return whether it is that class itself
   */
  public static boolean isNamed(TypeMirror type, String name) {
    return type.getKind() == TypeKind.DECLARED
        && ((TypeElement) ((DeclaredType) type).asElement()).getQualifiedName().contentEquals(name);
  }

  /**
   * Returns whether two types are the same. A type that does not exist is the same as none: javac
   * says that it is the same as any, lest one mistake give two errors.
   *
   * @param one a type
   * @param other another
   * @return whether they are the same
   */
  public boolean isSame(TypeMirror one, TypeMirror other) {
    return one.getKind() != TypeKind.ERROR
        && other.getKind() != TypeKind.ERROR
        && types.isSameType(one, other);
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
