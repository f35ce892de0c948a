package io.dgen.processor.validate;

import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Elements;
import org.jspecify.annotations.Nullable;

/** The types to which generated code, in the interface's package, can refer. */
final class Visibility {

  private final Elements elements;
  private final PackageElement home;

  Visibility(Elements elements, TypeElement server) {
    this.elements = elements;
    this.home = elements.getPackageOf(server);
  }

  /**
   * Looks for what hides a type.
   *
   * @return the type itself or the type around it that cannot be named
   */
  Optional<Element> hiddenBy(TypeElement type) {
    for (@Nullable Element at = type;
        at != null && (at.getKind().isClass() || at.getKind().isInterface());
        at = at.getEnclosingElement()) {
      if (!isVisible(at)) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  /** Returns whether the modifiers of a type or of a member let the interface's package see it. */
  boolean isVisible(Element element) {
    return element.getModifiers().contains(Modifier.PUBLIC)
        || (!element.getModifiers().contains(Modifier.PRIVATE)
            && elements.getPackageOf(element).equals(home));
  }

  /** Returns whether a type exists and can be named with all its arguments. */
  boolean isNameable(TypeMirror type) {
    return switch (type.getKind()) {
      case ARRAY -> isNameable(((ArrayType) type).getComponentType());
      case DECLARED ->
          hiddenBy((TypeElement) ((DeclaredType) type).asElement()).isEmpty()
              && ((DeclaredType) type).getTypeArguments().stream().allMatch(this::isNameable);
      case WILDCARD -> true;
      default -> type.getKind().isPrimitive();
    };
  }

  /** Returns whether every package can see a type. */
  static boolean isPublic(TypeElement type) {
    for (@Nullable Element at = type;
        at != null && (at.getKind().isClass() || at.getKind().isInterface());
        at = at.getEnclosingElement()) {
      if (!at.getModifiers().contains(Modifier.PUBLIC)) {
        return false;
      }
    }
    return true;
  }
}
