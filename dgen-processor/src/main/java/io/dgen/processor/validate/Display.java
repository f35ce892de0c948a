package io.dgen.processor.validate;

import io.dgen.processor.extract.CallbackDeclaration;
import java.util.List;
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

  private static final SimpleTypeVisitor14<String, Boolean> WRITER = new Writer();

  private Display() {}

  /** {@code Reply<String, State>}. */
  static String simple(TypeMirror type) {
    return WRITER.visit(type, false);
  }

  /** {@code java.net.Socket}; the types of {@code java.lang} and {@code java.util} stay simple. */
  static String qualified(TypeMirror type) {
    return WRITER.visit(type, true);
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

  private static final class Writer extends SimpleTypeVisitor14<String, Boolean> {

    @Override
    protected String defaultAction(TypeMirror type, Boolean qualified) {
      return type.getKind().isPrimitive()
          ? type.getKind().name().toLowerCase(java.util.Locale.ROOT)
          : type.toString();
    }

    @Override
    public String visitArray(ArrayType type, Boolean qualified) {
      return visit(type.getComponentType(), qualified) + "[]";
    }

    @Override
    public String visitDeclared(DeclaredType type, Boolean qualified) {
      TypeElement element = (TypeElement) type.asElement();
      String name = qualified ? qualifiedName(element) : element.getSimpleName().toString();
      if (type.getTypeArguments().isEmpty()) {
        return name;
      }
      return type.getTypeArguments().stream()
          .map(argument -> visit(argument, qualified))
          .collect(Collectors.joining(", ", name + "<", ">"));
    }

    @Override
    public String visitWildcard(WildcardType type, Boolean qualified) {
      @Nullable TypeMirror upper = type.getExtendsBound();
      @Nullable TypeMirror lower = type.getSuperBound();
      if (upper != null) {
        return "? extends " + visit(upper, qualified);
      }
      return lower == null ? "?" : "? super " + visit(lower, qualified);
    }

    private static String qualifiedName(TypeElement element) {
      String name = element.getQualifiedName().toString();
      String simple = element.getSimpleName().toString();
      boolean known = name.equals("java.lang." + simple) || name.equals("java.util." + simple);
      return known ? simple : name;
    }
  }
}
