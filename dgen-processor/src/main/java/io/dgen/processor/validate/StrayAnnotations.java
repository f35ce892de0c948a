package io.dgen.processor.validate;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.extract.Unresolved;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;

/**
 * Rules about {@code @Default} and {@code @Renamed} in the interface on elements that are never
 * stored, and {@code @ClientName} on types that are not messages.
 */
final class StrayAnnotations {

  private final Unresolved unresolved;
  private final ValidationReport report;
  private final Set<ClassName> messages;
  private final Set<ClassName> stored;
  private final Set<ClassName> named;

  /**
   * Makes the rule.
   *
   * @param messages the messages
   * @param stored the state, the messages, and every type that was reached from them
   * @param named the types whose own names are stored
   */
  StrayAnnotations(
      Unresolved unresolved,
      ValidationReport report,
      List<? extends TypeName> messages,
      Stream<? extends TypeName> stored,
      Stream<? extends TypeName> named) {
    this.unresolved = unresolved;
    this.report = report;
    this.messages = messages.stream().map(StrayAnnotations::raw).collect(Collectors.toSet());
    this.stored = stored.map(StrayAnnotations::raw).collect(Collectors.toSet());
    this.named = named.map(StrayAnnotations::raw).collect(Collectors.toSet());
  }

  /** Checks a type and its nested types; the members of stored types were already checked. */
  void check(TypeElement type) {
    if (!named.contains(ClassName.get(type))) {
      checkRenamed(type, type.getSimpleName().toString());
    }
    if (!messages.contains(ClassName.get(type))) {
      Written.of(type, DgenTypes.CLIENT_NAME, unresolved)
          .ifPresent(
              it ->
                  report.errorAt(
                      type,
                      DgenTypes.CLIENT_NAME,
                      type,
                      Message.USELESS_CLIENT_NAME,
                      type.getSimpleName()));
    }
    boolean isStored = stored.contains(ClassName.get(type));
    for (Element member : type.getEnclosedElements()) {
      String path = type.getSimpleName() + "." + member.getSimpleName();
      if (member instanceof TypeElement nested) {
        check(nested);
      } else if (!isStored && member.getKind() == ElementKind.RECORD_COMPONENT) {
        checkDefault(member, path);
        checkRenamed(member, path);
      } else if (member.getKind() == ElementKind.ENUM_CONSTANT
          ? !isStored
          : member.getKind() == ElementKind.FIELD && !isOfComponent(type, member)) {
        checkRenamed(member, path);
      }
    }
  }

  /** Returns whether a field is that of a component, which has the same annotations. */
  private static boolean isOfComponent(TypeElement type, Element field) {
    return type.getRecordComponents().stream()
        .anyMatch(it -> it.getSimpleName().equals(field.getSimpleName()));
  }

  private void checkDefault(Element member, String path) {
    Written.of(member, DefaultRules.DEFAULT, unresolved)
        .ifPresent(
            it ->
                report.errorAt(
                    member, DefaultRules.DEFAULT, member, Message.USELESS_DEFAULT, path));
  }

  private void checkRenamed(Element member, String path) {
    Written.of(member, RenameRules.RENAMED, unresolved)
        .ifPresent(
            it ->
                report.errorAt(member, RenameRules.RENAMED, member, Message.USELESS_RENAMED, path));
  }

  private static ClassName raw(TypeName type) {
    return type instanceof ParameterizedTypeName generic ? generic.rawType : (ClassName) type;
  }
}
