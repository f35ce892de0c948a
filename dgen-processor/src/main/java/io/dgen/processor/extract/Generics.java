package io.dgen.processor.extract;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.TypeVariable;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Substitutes type arguments in types, and checks whether they are allowed. */
public final class Generics {

  private final Types types;

  /**
   * Makes the rules.
   *
   * @param types the compiler's types
   */
  public Generics(Types types) {
    this.types = types;
  }

  /**
   * Returns the arguments of a type by its parameters.
   *
   * @param type a type
   * @return the arguments; none if it has none or is raw
   */
  public static Map<TypeParameterElement, TypeMirror> arguments(DeclaredType type) {
    List<? extends TypeParameterElement> parameters =
        ((TypeElement) type.asElement()).getTypeParameters();
    List<? extends TypeMirror> written = type.getTypeArguments();
    Map<TypeParameterElement, TypeMirror> arguments = new HashMap<>();
    for (int i = 0; i < Math.min(parameters.size(), written.size()); i++) {
      arguments.put(parameters.get(i), written.get(i));
    }
    return arguments;
  }

  /**
   * Puts arguments in the place of type variables.
   *
   * @param type a type
   * @param arguments what stands for each variable
   * @return the type without those variables
   */
  public TypeMirror substitute(TypeMirror type, Map<TypeParameterElement, TypeMirror> arguments) {
    return switch (type.getKind()) {
      case TYPEVAR -> {
        TypeMirror known = arguments.get((TypeParameterElement) ((TypeVariable) type).asElement());
        yield known == null ? type : known;
      }
      case ARRAY ->
          types.getArrayType(substitute(((ArrayType) type).getComponentType(), arguments));
      case DECLARED -> substituted((DeclaredType) type, arguments);
      case WILDCARD -> {
        @Nullable TypeMirror upper = ((WildcardType) type).getExtendsBound();
        @Nullable TypeMirror lower = ((WildcardType) type).getSuperBound();
        yield types.getWildcardType(
            upper == null ? null : substitute(upper, arguments),
            lower == null ? null : substitute(lower, arguments));
      }
      default -> type;
    };
  }

  private TypeMirror substituted(
      DeclaredType type, Map<TypeParameterElement, TypeMirror> arguments) {
    if (type.getTypeArguments().isEmpty()) {
      return type;
    }
    TypeMirror[] inside =
        type.getTypeArguments().stream()
            .map(it -> substitute(it, arguments))
            .toArray(TypeMirror[]::new);
    return types.getDeclaredType((TypeElement) type.asElement(), inside);
  }

  /**
   * Returns whether the arguments of a type, not those within them, are what its parameters allow.
   *
   * @param type a type
   * @return whether the compiler takes it
   */
  boolean isWithinBounds(DeclaredType type) {
    Map<TypeParameterElement, TypeMirror> arguments = arguments(type);
    if (arguments.values().stream().anyMatch(it -> it.getKind() == TypeKind.WILDCARD)) {
      return true; // Wildcards are for the compiler to check.
    }
    return arguments.entrySet().stream()
        .allMatch(
            entry ->
                entry.getKey().getBounds().stream()
                    .allMatch(
                        bound ->
                            bound.getKind() != TypeKind.ERROR
                                && types.isSubtype(
                                    entry.getValue(), substitute(bound, arguments))));
  }
}
