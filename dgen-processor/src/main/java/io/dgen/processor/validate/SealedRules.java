package io.dgen.processor.validate;

import io.dgen.processor.extract.Unresolved;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.QualifiedNameable;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;

/** Rules about the variants of a sealed interface, and their names in the store. */
final class SealedRules {

  private final TypeArguments arguments;
  private final Unresolved unresolved;

  SealedRules(TypeArguments arguments, Unresolved unresolved) {
    this.arguments = arguments;
    this.unresolved = unresolved;
  }

  static boolean isSealedInterface(TypeElement type) {
    return type.getKind() == ElementKind.INTERFACE && type.getModifiers().contains(Modifier.SEALED);
  }

  /**
   * Returns the permitted types and, for sealed interfaces among them, those that they permit, by
   * name.
   */
  Map<String, DeclaredType> variants(DeclaredType sealed) {
    Map<TypeElement, DeclaredType> found = new LinkedHashMap<>();
    collect(sealed, found);
    Map<String, DeclaredType> named = new LinkedHashMap<>();
    names(found.keySet()).forEach((type, name) -> named.put(name, found.get(type)));
    return named;
  }

  private void collect(DeclaredType sealed, Map<TypeElement, DeclaredType> found) {
    for (TypeMirror permitted : ((TypeElement) sealed.asElement()).getPermittedSubclasses()) {
      if (unresolved.check(permitted)) {
        continue;
      }
      TypeElement element = (TypeElement) ((DeclaredType) permitted).asElement();
      if (element.equals(sealed.asElement()) || !arguments.isBelow(element, sealed)) {
        unresolved.note(element.toString()); // It is the type itself, or forgot to say so.
        continue;
      }
      arguments
          .below(sealed, element)
          .ifPresent(
              type -> {
                if (isSealedInterface(element)) {
                  collect(type, found);
                } else {
                  found.putIfAbsent(element, type);
                }
              });
    }
  }

  /** Returns the shortest ends of the qualified names that differ from each other. */
  private static Map<TypeElement, String> names(Set<TypeElement> types) {
    Map<TypeElement, String> names = new LinkedHashMap<>();
    types.forEach(type -> names.put(type, name(type, 1)));
    for (int parts = 2; new HashSet<>(names.values()).size() < names.size(); parts++) {
      List<String> taken = List.copyOf(names.values());
      for (TypeElement type : types) {
        if (Collections.frequency(taken, names.get(type)) > 1) {
          names.put(type, name(type, parts));
        }
      }
    }
    return names;
  }

  /**
   * Returns the last parts of a qualified name: its own, those of the types around it, the package.
   */
  private static String name(TypeElement type, int parts) {
    String name = type.getSimpleName().toString();
    Element around = type.getEnclosingElement();
    for (int i = 1; i < parts && around instanceof QualifiedNameable it; i++) {
      name =
          (it instanceof PackageElement ? it.getQualifiedName() : it.getSimpleName()) + "." + name;
      around = it.getEnclosingElement();
    }
    return name;
  }
}
