package io.dgen.processor.validate;

import io.dgen.processor.extract.Generics;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** The effect of a generic type's arguments on its components and subtypes. */
final class TypeArguments {

  private final Types types;
  private final Generics generics;

  TypeArguments(Types types) {
    this.types = types;
    this.generics = new Generics(types);
  }

  /** Returns the type of a component in a record with these arguments. */
  TypeMirror componentType(DeclaredType record, RecordComponentElement component) {
    if (record.getTypeArguments().isEmpty()) {
      return component.asType();
    }
    return generics.substitute(component.asType(), Generics.arguments(record));
  }

  /** Returns whether a type says nothing definite until its variables are known. */
  static boolean hasVariable(TypeMirror type) {
    return switch (type.getKind()) {
      case TYPEVAR -> true;
      case ARRAY -> hasVariable(((ArrayType) type).getComponentType());
      case DECLARED ->
          ((DeclaredType) type).getTypeArguments().stream().anyMatch(TypeArguments::hasVariable);
      default -> false;
    };
  }

  /** Returns how many types a type is written with. */
  static int size(TypeMirror type) {
    return switch (type.getKind()) {
      case ARRAY -> 1 + size(((ArrayType) type).getComponentType());
      case DECLARED ->
          1 + ((DeclaredType) type).getTypeArguments().stream().mapToInt(TypeArguments::size).sum();
      default -> 1;
    };
  }

  /**
   * Returns a permitted type with the arguments that it must have to be below a sealed type.
   *
   * @return the type, in which a variable is left where the sealed type does not say what it is;
   *     empty if none of its values is one of the sealed type
   */
  Optional<DeclaredType> below(DeclaredType sealed, TypeElement permitted) {
    if (permitted.getTypeParameters().isEmpty() && sealed.getTypeArguments().isEmpty()) {
      return Optional.of((DeclaredType) permitted.asType());
    }
    DeclaredType above = supertype(permitted.asType(), sealed);
    Map<TypeParameterElement, TypeMirror> found = new HashMap<>();
    if (above == null || !matches(above, sealed, found)) {
      return Optional.empty();
    }
    TypeMirror[] arguments =
        permitted.getTypeParameters().stream()
            .map(it -> found.getOrDefault(it, it.asType()))
            .toArray(TypeMirror[]::new);
    return Optional.of(types.getDeclaredType(permitted, arguments));
  }

  /**
   * Returns whether a type has the other among what it extends and implements, with any arguments.
   */
  boolean isBelow(TypeElement type, DeclaredType sealed) {
    return supertype(type.asType(), sealed) != null;
  }

  private @Nullable DeclaredType supertype(TypeMirror type, DeclaredType sought) {
    if (type.getKind() != TypeKind.DECLARED) {
      return null;
    }
    if (((DeclaredType) type).asElement().equals(sought.asElement())) {
      return (DeclaredType) type;
    }
    for (TypeMirror above : types.directSupertypes(type)) {
      DeclaredType found = supertype(above, sought);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private boolean matches(
      TypeMirror formal, TypeMirror actual, Map<TypeParameterElement, TypeMirror> found) {
    if (formal.getKind() == TypeKind.TYPEVAR) {
      TypeParameterElement variable = (TypeParameterElement) ((TypeVariable) formal).asElement();
      TypeMirror known = found.putIfAbsent(variable, actual);
      return known == null || types.isSameType(known, actual);
    }
    if (!hasVariable(formal)) {
      return types.isSameType(formal, actual);
    }
    if (formal.getKind() == TypeKind.ARRAY && actual.getKind() == TypeKind.ARRAY) {
      return matches(
          ((ArrayType) formal).getComponentType(), ((ArrayType) actual).getComponentType(), found);
    }
    if (formal.getKind() != TypeKind.DECLARED || actual.getKind() != TypeKind.DECLARED) {
      return false;
    }
    List<? extends TypeMirror> formals = ((DeclaredType) formal).getTypeArguments();
    List<? extends TypeMirror> actuals = ((DeclaredType) actual).getTypeArguments();
    boolean matches =
        types.isSameType(types.erasure(formal), types.erasure(actual))
            && formals.size() == actuals.size();
    for (int i = 0; matches && i < formals.size(); i++) {
      matches = matches(formals.get(i), actuals.get(i), found);
    }
    return matches;
  }
}
