package io.dgen.processor.validate;

import com.squareup.javapoet.ClassName;
import io.dgen.processor.extract.Annotations;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.extract.ServerDeclaration;
import io.dgen.processor.model.GeneratedNames;
import java.util.Optional;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Rules about the annotated type itself. */
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
    Optional<String> above = serverAbove(type);
    if (above.isPresent()) {
      report.error(type, Message.EXTENDS_SERVER, server.simpleName(), above.get());
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
    String file =
        GeneratedNames.of(ClassName.get(type), "Client").simpleName() + "$InTransaction.class";
    if (GeneratedNames.bytes(file) > GeneratedNames.LONGEST_FILE_NAME) {
      report.error(
          type,
          Message.NAME_LENGTH,
          "the name of " + server.simpleName(),
          file,
          GeneratedNames.bytes(file));
      return false;
    }
    return isVisible(server);
  }

  private static Optional<String> serverAbove(TypeElement type) {
    for (TypeMirror parent : type.getInterfaces()) {
      if (parent instanceof DeclaredType declared
          && declared.getKind() == TypeKind.DECLARED
          && declared.asElement() instanceof TypeElement above) {
        Optional<String> found =
            Annotations.find(above, DgenTypes.ANNOTATION).isPresent()
                ? Optional.of("extends " + above.getSimpleName())
                : serverAbove(above);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
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
