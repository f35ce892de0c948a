package io.dgen.processor.validate;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Types;

/** Components that every compiler refuses itself (Java language, 8.10). */
final class Components {

  private static final Set<String> ILLEGAL =
      Set.of(
          "clone", "finalize", "getClass", "hashCode", "notify", "notifyAll", "toString", "wait");

  /** How many words a constructor can take beside the object itself. */
  private static final int MOST_WORDS = 254;

  private Components() {}

  /** Returns the words that components take as parameters. */
  static int words(List<? extends RecordComponentElement> components) {
    return components.stream()
        .map(it -> it.asType().getKind())
        .mapToInt(it -> it == TypeKind.LONG || it == TypeKind.DOUBLE ? 2 : 1)
        .sum();
  }

  /** Returns whether a constructor can take all components, which Eclipse does not check. */
  static boolean areFew(List<? extends RecordComponentElement> components) {
    return words(components) <= MOST_WORDS;
  }

  /** Returns whether the names and the accessors of a record's components are legal. */
  static boolean areLegal(TypeElement record, Types types) {
    return areLegal(record.getRecordComponents())
        && record.getRecordComponents().stream()
            .allMatch(
                component ->
                    ElementFilter.methodsIn(record.getEnclosedElements()).stream()
                        .filter(it -> it.getSimpleName().equals(component.getSimpleName()))
                        .filter(it -> it.getParameters().isEmpty())
                        .allMatch(it -> types.isSameType(it.getReturnType(), component.asType())));
  }

  static boolean areLegal(List<? extends RecordComponentElement> components) {
    Set<String> names = new HashSet<>();
    return components.stream()
        .map(it -> it.getSimpleName().toString())
        .allMatch(it -> names.add(it) && !ILLEGAL.contains(it));
  }
}
