package io.dgen.processor.validate;

import com.squareup.javapoet.ClassName;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.extract.MessageDeclaration;
import io.dgen.processor.extract.ServerDeclaration;
import io.dgen.processor.extract.Unresolved;
import io.dgen.processor.model.GeneratedNames;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;

/** Rules about the names that message records give to generated code. */
final class NameRules {

  /** The methods of every object, by name: the types that they take. */
  private static final Map<String, Set<List<String>>> OF_OBJECT =
      Map.ofEntries(
          Map.entry("clone", Set.of(List.of())),
          Map.entry("equals", Set.of(List.of("java.lang.Object"))),
          Map.entry("finalize", Set.of(List.of())),
          Map.entry("getClass", Set.of(List.of())),
          Map.entry("hashCode", Set.of(List.of())),
          Map.entry("notify", Set.of(List.of())),
          Map.entry("notifyAll", Set.of(List.of())),
          Map.entry("toString", Set.of(List.of())),
          Map.entry("wait", Set.of(List.of(), List.of("long"), List.of("long", "int"))));

  /** The methods of every client that a message could give it again. */
  private static final Map<String, Set<List<String>>> OF_CLIENT =
      Map.ofEntries(
          Map.entry("after", Set.of(List.of("java.time.Duration"))),
          Map.entry("at", Set.of(List.of("java.time.Instant"))),
          Map.entry("entity", Set.of(List.of())),
          Map.entry("id", Set.of(List.of())),
          Map.entry("priority", Set.of(List.of())),
          Map.entry("withIdempotencyKey", Set.of(List.of("java.lang.String"))),
          Map.entry("withTimeout", Set.of(List.of("java.time.Duration"))));

  /** The kinds, below the sealed interface over the messages. */
  private static final Set<String> OF_MESSAGE = Set.of("Call", "Cast", "Info", "Query");

  /** The packages to which the message class refers, besides the interface's own. */
  private static final Set<String> PACKAGES = Set.of("io", "java", "javax");

  private final TypeElement server;
  private final String generated;
  private final Unresolved unresolved;
  private final ValidationReport report;
  private final Set<String> kinds;
  private final Map<String, String> records = new HashMap<>();
  private final Map<String, String> methods = new HashMap<>();

  NameRules(ServerDeclaration server, Unresolved unresolved, ValidationReport report) {
    this.unresolved = unresolved;
    this.kinds = kinds(server);
    this.server = server.type();
    this.generated = GeneratedNames.of(ClassName.get(server.type()), "Message").simpleName();
    this.report = report;
  }

  /** Returns whether a package to which the message class refers has a name. */
  static boolean isPackage(String name, TypeElement server) {
    String home = ClassName.get(server).packageName();
    return PACKAGES.contains(name)
        || name.equals(home.contains(".") ? home.substring(0, home.indexOf('.')) : home);
  }

  /** Returns the kinds below the sealed interface: answers are one only if there are any. */
  static Set<String> kinds(ServerDeclaration server) {
    return server.isAsking()
        ? Stream.concat(OF_MESSAGE.stream(), Stream.of("Answer")).collect(Collectors.toSet())
        : OF_MESSAGE;
  }

  /**
   * Checks one message after another.
   *
   * @return whether its names can be generated beside those of the messages before
   */
  boolean check(MessageDeclaration message) {
    String name = message.name();
    if (kinds.contains(name) || name.equals(generated)) {
      report.error(message.element(), Message.MESSAGE_NAME, name, generated, name);
      return false;
    }
    if (isPackage(name, server)) {
      report.error(message.element(), Message.HIDDEN_PACKAGE, name, generated, name);
      return false;
    }
    String file = generated + "$" + name + ".class";
    if (GeneratedNames.bytes(file) > GeneratedNames.LONGEST_FILE_NAME) {
      report.error(
          message.element(),
          Message.NAME_LENGTH,
          "message record " + name,
          file,
          GeneratedNames.bytes(file));
      return false;
    }
    String method = message.method();
    Optional<String> given = message.clientName();
    if (given.isPresent() && !GeneratedNames.isMethod(given.get())) {
      Written written =
          Written.of(message.element(), DgenTypes.CLIENT_NAME, unresolved).orElseThrow();
      report.error(message.element(), written, Message.CLIENT_NAME, name, written);
      return false;
    }
    Optional<String> owner = ownerOf(method, message);
    if (owner.isPresent()) {
      report.error(message.element(), Message.CLIENT_METHOD, name, method, owner.get());
      return false;
    }
    // The classes of both would be the same file if file names ignore case.
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

  private static Optional<String> ownerOf(String method, MessageDeclaration message) {
    if (SourceVersion.isKeyword(method, SourceVersion.latest())) {
      return Optional.of("the Java language");
    }
    List<String> taken = message.components().stream().map(NameRules::typeName).toList();
    if (OF_OBJECT.getOrDefault(method, Set.of()).contains(taken)) {
      return Optional.of("java.lang.Object");
    }
    return OF_CLIENT.getOrDefault(method, Set.of()).contains(taken)
        ? Optional.of("every client")
        : Optional.empty();
  }

  private static String typeName(RecordComponentElement component) {
    return component.asType() instanceof DeclaredType type
        ? ((TypeElement) type.asElement()).getQualifiedName().toString()
        : component.asType().getKind().name().toLowerCase(Locale.ROOT);
  }
}
