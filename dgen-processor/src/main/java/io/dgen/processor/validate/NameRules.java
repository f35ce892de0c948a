package io.dgen.processor.validate;

import com.squareup.javapoet.ClassName;
import io.dgen.processor.extract.MessageDeclaration;
import io.dgen.processor.model.GeneratedNames;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** The names that the message records give to what is generated. */
final class NameRules {

  private static final Set<String> OF_OBJECT =
      Set.of(
          "clone",
          "equals",
          "finalize",
          "getClass",
          "hashCode",
          "notify",
          "notifyAll",
          "toString",
          "wait");

  /** What every client has, or may have later: a message cannot take these names then. */
  private static final Set<String> OF_CLIENT =
      Set.of(
          "after",
          "at",
          "breakLock",
          "castAll",
          "close",
          "deadLetters",
          "id",
          "in",
          "kill",
          "of",
          "pause",
          "priority",
          "queueLength",
          "reset",
          "resume",
          "status",
          "withIdempotencyKey",
          "withTimeout");

  /** The kinds, below the sealed interface over the messages. */
  private static final Set<String> OF_MESSAGE = Set.of("Call", "Cast", "Info");

  private final String generated;
  private final ValidationReport report;
  private final Map<String, String> records = new HashMap<>();
  private final Map<String, String> methods = new HashMap<>();

  NameRules(TypeElement server, ValidationReport report) {
    this.generated = GeneratedNames.of(ClassName.get(server), "Message").simpleName();
    this.report = report;
  }

  /**
   * Checks one message after another.
   *
   * @return whether its names can be generated beside those of the messages before
   */
  boolean check(MessageDeclaration message) {
    String name = message.name();
    if (OF_MESSAGE.contains(name) || name.equals(generated)) {
      report.error(message.element(), Message.MESSAGE_NAME, name, generated, name);
      return false;
    }
    String method = GeneratedNames.method(name);
    Optional<String> owner = ownerOf(method);
    if (owner.isPresent()) {
      report.error(message.element(), Message.CLIENT_METHOD, name, method, owner.get());
      return false;
    }
    // The classes of both would be one file where file names have no case.
    String known = records.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
    if (known != null) {
      report.error(message.element(), Message.SAME_NAME, name, known);
      return false;
    }
    for (String each : List.of(method, method + "Async")) {
      String other = methods.putIfAbsent(each, name);
      if (other != null) {
        report.error(message.element(), Message.SAME_METHOD, name, each, other);
        return false;
      }
    }
    return true;
  }

  private static Optional<String> ownerOf(String method) {
    if (SourceVersion.isKeyword(method, SourceVersion.latest())) {
      return Optional.of("the Java language");
    }
    if (OF_OBJECT.contains(method)) {
      return Optional.of("java.lang.Object");
    }
    String base = method.endsWith("Async") ? method.substring(0, method.length() - 5) : method;
    return OF_CLIENT.contains(method) || OF_CLIENT.contains(base)
        ? Optional.of("every client")
        : Optional.empty();
  }
}
