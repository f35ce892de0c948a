package io.dgen.processor.validate;

import io.dgen.processor.extract.CallbackDeclaration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.type.WildcardType;
import javax.lang.model.util.SimpleTypeVisitor14;
import org.jspecify.annotations.Nullable;

/** How types are written in errors: as the user writes them, without annotations. */
final class Display {

  /** Writes a type; what the predicate holds for has its whole name. */
  private static final SimpleTypeVisitor14<String, Predicate<TypeElement>> WRITER = new Writer();

  private final Set<String> ambiguous;

  private Display(Set<String> ambiguous) {
    this.ambiguous = ambiguous;
  }

  /**
   * Writes types that are named in one error: two of the same simple name get their whole names.
   */
  static Display among(List<? extends TypeMirror> types) {
    Map<String, String> known = new HashMap<>();
    Set<String> ambiguous = new HashSet<>();
    types.forEach(it -> collect(it, known, ambiguous));
    return new Display(ambiguous);
  }

  private static void collect(TypeMirror type, Map<String, String> known, Set<String> ambiguous) {
    if (type instanceof ArrayType array) {
      collect(array.getComponentType(), known, ambiguous);
    } else if (type instanceof DeclaredType declared) {
      TypeElement element = (TypeElement) declared.asElement();
      String name = element.getQualifiedName().toString();
      String simple = element.getSimpleName().toString();
      @Nullable String other = known.putIfAbsent(simple, name);
      if (other != null && !other.equals(name)) {
        ambiguous.add(simple);
      }
      declared.getTypeArguments().forEach(it -> collect(it, known, ambiguous));
    }
  }

  /** {@code Reply<String, demo.Counter.State>}. */
  String of(TypeMirror type) {
    return WRITER.visit(type, it -> ambiguous.contains(it.getSimpleName().toString()));
  }

  /** {@code Reply<String, State>}. */
  static String simple(TypeMirror type) {
    return WRITER.visit(type, it -> false);
  }

  /** {@code java.net.Socket}; the types of {@code java.lang} and {@code java.util} stay simple. */
  static String qualified(TypeMirror type) {
    return WRITER.visit(type, Display::isNotKnown);
  }

  private static boolean isNotKnown(TypeElement element) {
    String name = element.getQualifiedName().toString();
    String simple = element.getSimpleName().toString();
    return !name.equals("java.lang." + simple) && !name.equals("java.util." + simple);
  }

  /** {@code Add}, {@code Add and Sub}, {@code Add, Sub and Clear}. */
  static String list(List<String> names) {
    return names.size() < 2
        ? String.join("", names)
        : String.join(", ", names.subList(0, names.size() - 1)) + " and " + names.getLast();
  }

  /** {@code handleCast(Increment, State)}. */
  static String callback(CallbackDeclaration callback) {
    return callback.parameterTypes().stream()
        .map(Display::simple)
        .collect(Collectors.joining(", ", callback.name() + "(", ")"));
  }

  /** {@code class}, {@code record}, {@code an annotation type} ... with its article. */
  static String kind(TypeElement type) {
    return switch (type.getKind()) {
      case ANNOTATION_TYPE -> "an annotation type";
      case ENUM -> "an enum";
      case INTERFACE -> "an interface";
      case RECORD -> "a record";
      default -> "a class";
    };
  }

  /** {@code K, V}. */
  static String typeParameters(List<? extends TypeParameterElement> parameters) {
    return parameters.stream()
        .map(parameter -> parameter.getSimpleName().toString())
        .collect(Collectors.joining(", "));
  }

  private static final class Writer extends SimpleTypeVisitor14<String, Predicate<TypeElement>> {

    @Override
    protected String defaultAction(TypeMirror type, Predicate<TypeElement> isWhole) {
      return type.getKind().isPrimitive()
          ? type.getKind().name().toLowerCase(java.util.Locale.ROOT)
          : type.toString();
    }

    @Override
    public String visitArray(ArrayType type, Predicate<TypeElement> isWhole) {
      return visit(type.getComponentType(), isWhole) + "[]";
    }

    @Override
    public String visitDeclared(DeclaredType type, Predicate<TypeElement> isWhole) {
      TypeElement element = (TypeElement) type.asElement();
      String name =
          (isWhole.test(element) ? element.getQualifiedName() : element.getSimpleName()).toString();
      if (type.getTypeArguments().isEmpty()) {
        return name;
      }
      return type.getTypeArguments().stream()
          .map(argument -> visit(argument, isWhole))
          .collect(Collectors.joining(", ", name + "<", ">"));
    }

    @Override
    public String visitWildcard(WildcardType type, Predicate<TypeElement> isWhole) {
      @Nullable TypeMirror upper = type.getExtendsBound();
      @Nullable TypeMirror lower = type.getSuperBound();
      if (upper != null) {
        return "? extends " + visit(upper, isWhole);
      }
      return lower == null ? "?" : "? super " + visit(lower, isWhole);
    }
  }
}
