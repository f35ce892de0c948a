package io.dgen.processor.extract;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/**
 * Whether the methods that an interface has and inherits go together. If not, the compiler says so
 * at the interface, and would say it again at a class of ours that implements it. The rules are
 * those of the Java language (9.4.1), as far as a class that adds no method meets them.
 */
final class Inheritance {

  private final DgenTypes types;
  private final DeclaredType type;
  private final List<ExecutableElement> own;
  private final List<ExecutableElement> inherited;
  private final List<ExecutableElement> ofObject;

  private Inheritance(DgenTypes types, TypeElement element) {
    this.types = types;
    this.type = (DeclaredType) element.asType();
    this.own = ElementFilter.methodsIn(element.getEnclosedElements());
    Set<ExecutableElement> above = new LinkedHashSet<>();
    collect(element, above, new LinkedHashSet<>());
    this.inherited = List.copyOf(above);
    @Nullable TypeElement object = types.elements().getTypeElement("java.lang.Object");
    this.ofObject =
        object == null ? List.of() : ElementFilter.methodsIn(object.getEnclosedElements());
  }

  /** Returns whether a class may implement an interface. */
  static boolean isConsistent(DgenTypes types, TypeElement element) {
    return new Inheritance(types, element).isConsistent();
  }

  /**
   * Returns whether an interface has a method of its own in place of one that {@code Object} has,
   * but not for everybody: only a class that overrides it can implement the interface.
   */
  static boolean hidesProtected(DgenTypes types, TypeElement element) {
    Inheritance it = new Inheritance(types, element);
    return all(it.own, it.inherited).stream()
        .anyMatch(
            method ->
                it.ofObject.stream()
                    .filter(object -> object.getModifiers().contains(Modifier.PROTECTED))
                    .anyMatch(object -> it.overrides(method, object)));
  }

  private static List<ExecutableElement> all(
      List<ExecutableElement> some, List<ExecutableElement> others) {
    List<ExecutableElement> all = new ArrayList<>(some);
    all.addAll(others);
    all.removeIf(it -> isNoMember(it) || it.getModifiers().contains(Modifier.STATIC));
    return all;
  }

  private static void collect(
      TypeElement from, Set<ExecutableElement> methods, Set<TypeElement> seen) {
    for (TypeMirror parent : from.getInterfaces()) {
      if (parent.getKind() == TypeKind.DECLARED) {
        TypeElement above = (TypeElement) ((DeclaredType) parent).asElement();
        if (seen.add(above)) {
          ElementFilter.methodsIn(above.getEnclosedElements()).stream()
              .filter(it -> !isNoMember(it) && !it.getModifiers().contains(Modifier.STATIC))
              .forEach(methods::add);
          collect(above, methods, seen);
        }
      }
    }
  }

  private static boolean isNoMember(ExecutableElement method) {
    return method.getModifiers().contains(Modifier.PRIVATE);
  }

  private boolean isConsistent() {
    if (inherited.isEmpty() && own.stream().noneMatch(this::isLikeObject)) {
      return true;
    }
    return own.stream().filter(it -> !isNoMember(it)).allMatch(this::fitsAbove)
        && all(own, inherited).stream().allMatch(this::fitsObject)
        && areUnrelated(
            inherited.stream()
                .filter(it -> own.stream().noneMatch(mine -> overrides(mine, it)))
                .filter(it -> inherited.stream().noneMatch(other -> replaces(other, it)))
                .toList());
  }

  private boolean isLikeObject(ExecutableElement method) {
    return ofObject.stream().anyMatch(it -> it.getSimpleName().equals(method.getSimpleName()));
  }

  private boolean fitsAbove(ExecutableElement mine) {
    return inherited.stream()
        .filter(it -> overrides(mine, it))
        .allMatch(it -> !mine.getModifiers().contains(Modifier.STATIC) && returnsLike(mine, it));
  }

  private boolean fitsObject(ExecutableElement method) {
    Predicate<ExecutableElement> isKept =
        object ->
            !object.getModifiers().contains(Modifier.FINAL)
                && !method.isDefault()
                && returnsLike(method, object);
    return ofObject.stream()
        .filter(it -> it.getModifiers().contains(Modifier.PUBLIC) && overrides(method, it))
        .allMatch(isKept);
  }

  private boolean areUnrelated(List<ExecutableElement> methods) {
    for (int i = 0; i < methods.size(); i++) {
      for (ExecutableElement other : methods.subList(i + 1, methods.size())) {
        ExecutableElement one = methods.get(i);
        boolean isSame = overrides(one, other) || overrides(other, one);
        boolean fits =
            !one.isDefault()
                && !other.isDefault()
                && (returnsLike(one, other) || returnsLike(other, one));
        if (isSame && !fits) {
          return false;
        }
      }
    }
    return true;
  }

  /**
   * Returns whether a method is inherited in place of another, which an interface above its own
   * has.
   */
  private boolean replaces(ExecutableElement method, ExecutableElement above) {
    return !owner(method).equals(owner(above))
        && overrides(method, above)
        && types
            .types()
            .isSubtype(
                types.types().erasure(owner(method).asType()),
                types.types().erasure(owner(above).asType()));
  }

  private static TypeElement owner(ExecutableElement method) {
    return (TypeElement) Objects.requireNonNull(method.getEnclosingElement());
  }

  private boolean overrides(ExecutableElement one, ExecutableElement other) {
    return one.getSimpleName().equals(other.getSimpleName())
        && types.types().isSubsignature(seen(one), seen(other));
  }

  /** Returns whether a return type may replace another; a false is certain, a true is not. */
  private boolean returnsLike(ExecutableElement one, ExecutableElement other) {
    TypeMirror mine = seen(one).getReturnType();
    TypeMirror theirs = seen(other).getReturnType();
    boolean isPlain = isPlain(mine) || isPlain(theirs);
    return isPlain
        ? types.types().isSameType(mine, theirs)
        : types.types().isSubtype(types.types().erasure(mine), types.types().erasure(theirs));
  }

  private static boolean isPlain(TypeMirror type) {
    return type.getKind().isPrimitive() || type.getKind() == TypeKind.VOID;
  }

  /** Only of a generic interface: Eclipse gives the method that overrides the one asked for. */
  private ExecutableType seen(ExecutableElement method) {
    boolean isGeneric = !owner(method).getTypeParameters().isEmpty();
    return isGeneric && !method.getModifiers().contains(Modifier.STATIC)
        ? (ExecutableType) types.types().asMemberOf(type, method)
        : (ExecutableType) method.asType();
  }
}
