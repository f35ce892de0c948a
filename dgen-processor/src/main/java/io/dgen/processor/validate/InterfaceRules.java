package io.dgen.processor.validate;

import io.dgen.processor.extract.ServerDeclaration;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** What the annotated type itself must be. */
final class InterfaceRules {

  private static final int LONGEST_NAME = 255;

  private final ValidationReport report;

  InterfaceRules(ValidationReport report) {
    this.report = report;
  }

  /**
   * Checks the type.
   *
   * @return whether it is an interface that generated code can see; if not, no rule that follows
   *     makes sense
   */
  boolean check(ServerDeclaration server) {
    TypeElement type = server.type();
    if (type.getKind() != ElementKind.INTERFACE) {
      report.error(type, Message.NOT_INTERFACE, server.simpleName(), Display.kind(type));
      return false;
    }
    if (!type.getTypeParameters().isEmpty()) {
      report.error(
          type.getTypeParameters().getFirst(),
          Message.GENERIC_INTERFACE,
          server.simpleName(),
          Display.typeParameters(type.getTypeParameters()));
    }
    if (type.getModifiers().contains(Modifier.SEALED)) {
      report.error(type, Message.SEALED_INTERFACE, server.simpleName());
    }
    checkName(server);
    return isVisible(server);
  }

  private boolean isVisible(ServerDeclaration server) {
    for (@Nullable Element at = server.type(); at != null; at = at.getEnclosingElement()) {
      if (at.getModifiers().contains(Modifier.PRIVATE)) {
        report.error(
            server.type(), Message.PRIVATE_INTERFACE, server.simpleName(), at.getSimpleName());
        return false;
      }
    }
    return true;
  }

  private void checkName(ServerDeclaration server) {
    server
        .name()
        .ifPresent(
            value -> {
              String name = String.valueOf(value.getValue());
              if (!name.isEmpty() && !isStorable(name)) {
                report.error(
                    server.annotation(),
                    value,
                    Message.SERVER_NAME,
                    server.simpleName(),
                    printable(name));
              }
            });
  }

  private static boolean isStorable(String name) {
    return name.length() <= LONGEST_NAME
        && !name.isBlank()
        && name.codePoints()
            .noneMatch(
                it -> Character.isISOControl(it) || Character.getType(it) == Character.SURROGATE);
  }

  private static String printable(String name) {
    StringBuilder text = new StringBuilder();
    name.codePoints()
        .forEach(
            it -> {
              if (Character.isISOControl(it) || Character.getType(it) == Character.SURROGATE) {
                text.append(String.format("\\u%04x", it));
              } else {
                text.appendCodePoint(it);
              }
            });
    return text.toString();
  }
}
