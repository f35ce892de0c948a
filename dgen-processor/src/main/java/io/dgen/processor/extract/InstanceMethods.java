package io.dgen.processor.extract;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ExecutableType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;

/**
 * The methods of an interface: its own in declaration order, then what it inherits and does not
 * override.
 */
final class InstanceMethods {

  private static final Set<String> CALLBACKS =
      Set.of(
          "init",
          "handleCall",
          "handleCast",
          "handleInfo",
          "handleQuery",
          "handleAnswer",
          "handleLocked",
          "handleDeadLetter",
          "handleDelete");

  private final TypeElement type;
  private final DgenTypes types;
  private final List<ExecutableElement> methods = new ArrayList<>();

  private InstanceMethods(TypeElement type, DgenTypes types) {
    this.type = type;
    this.types = types;
  }

  static InstanceMethods of(TypeElement type, DgenTypes types) {
    InstanceMethods methods = new InstanceMethods(type, types);
    methods.methods.addAll(ElementFilter.methodsIn(type.getEnclosedElements()));
    Set<TypeElement> above = new LinkedHashSet<>();
    methods.collectAbove(type, above);
    above.forEach(methods::inherit);
    return methods;
  }

  List<CallbackDeclaration> callbacks() {
    return methods.stream()
        .filter(method -> CALLBACKS.contains(method.getSimpleName().toString()))
        .map(this::callback)
        .toList();
  }

  List<CallbackDeclaration> others() {
    return methods.stream()
        .filter(method -> !CALLBACKS.contains(method.getSimpleName().toString()))
        .map(this::callback)
        .toList();
  }

  boolean hasAbstract() {
    return methods.stream()
        .anyMatch(
            method -> method.getModifiers().contains(Modifier.ABSTRACT) && !isOfObject(method));
  }

  private void collectAbove(TypeElement from, Set<TypeElement> above) {
    for (TypeMirror parent : from.getInterfaces()) {
      if (parent.getKind() == TypeKind.DECLARED) {
        TypeElement element = (TypeElement) ((DeclaredType) parent).asElement();
        if (above.add(element)) {
          collectAbove(element, above);
        }
      }
    }
  }

  private void inherit(TypeElement parent) {
    for (ExecutableElement method : ElementFilter.methodsIn(parent.getEnclosedElements())) {
      Set<Modifier> modifiers = method.getModifiers();
      if (!modifiers.contains(Modifier.STATIC)
          && !modifiers.contains(Modifier.PRIVATE)
          && methods.stream().noneMatch(it -> hides(it, method))) {
        methods.add(method);
      }
    }
  }

  /** Returns whether a method overrides another, or both are declarations of the same one. */
  private boolean hides(ExecutableElement known, ExecutableElement method) {
    return known.getSimpleName().equals(method.getSimpleName())
        && !known.getModifiers().contains(Modifier.STATIC)
        && types.types().isSubsignature(seen(known), seen(method));
  }

  /** Returns whether {@code Object} declares a method, so that every class implements it. */
  private boolean isOfObject(ExecutableElement method) {
    TypeElement object = types.elements().getTypeElement("java.lang.Object");
    return object != null
        && ElementFilter.methodsIn(object.getEnclosedElements()).stream()
            .anyMatch(
                it ->
                    it.getModifiers().contains(Modifier.PUBLIC)
                        && it.getSimpleName().equals(method.getSimpleName())
                        && types
                            .types()
                            .isSubsignature(
                                (ExecutableType) method.asType(), (ExecutableType) it.asType()));
  }

  private CallbackDeclaration callback(ExecutableElement method) {
    ExecutableType seen = seen(method);
    return new CallbackDeclaration(
        method,
        List.copyOf(seen.getParameterTypes()),
        seen.getReturnType(),
        List.copyOf(seen.getThrownTypes()));
  }

  /**
   * Returns the method as a member of the interface: type parameters of what it extends are
   * resolved.
   */
  private ExecutableType seen(ExecutableElement method) {
    return type.getKind() == ElementKind.INTERFACE
            && !method.getModifiers().contains(Modifier.STATIC)
        ? (ExecutableType) types.types().asMemberOf((DeclaredType) type.asType(), method)
        : (ExecutableType) method.asType();
  }
}
