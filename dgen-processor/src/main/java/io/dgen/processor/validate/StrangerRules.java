package io.dgen.processor.validate;

import io.dgen.processor.extract.CallbackDeclaration;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.extract.MessageDeclaration;
import io.dgen.processor.extract.ServerDeclaration;
import io.dgen.processor.model.MessageModel.Kind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * Rules about parameters in the place of a message that are not messages. One cause gives one
 * error, however many callbacks it affects.
 */
final class StrangerRules {

  private static final Set<String> MARKERS = Set.of("Call", "Cast", "Info", "Query");

  private final DgenTypes types;
  private final ServerDeclaration server;
  private final Optional<TypeMirror> state;
  private final ValidationReport report;

  /** The messages that are declared outside the interface, and where they are first taken. */
  private final Map<String, Element> outside = new LinkedHashMap<>();

  private final Set<String> foreignMarkers = new HashSet<>();
  private boolean isMessageFound;
  private boolean isStateFound;

  StrangerRules(
      DgenTypes types,
      ServerDeclaration server,
      Optional<TypeMirror> state,
      ValidationReport report) {
    this.types = types;
    this.server = server;
    this.state = state;
    this.report = report;
  }

  /** Returns whether an error says where the messages are, so that none is reported as missing. */
  boolean isMessageFound() {
    return isMessageFound;
  }

  /** Returns whether an error says where the state is. */
  boolean isStateFound() {
    return isStateFound;
  }

  /** Reports once all messages that are declared outside. */
  void reportOutside() {
    if (outside.isEmpty()) {
      return;
    }
    Element at = outside.values().iterator().next();
    List<String> names = new ArrayList<>(outside.keySet());
    Optional<TypeElement> above = inheritedState();
    if (above.isPresent() && server.state().isEmpty() && server.nestedState().isEmpty()) {
      isStateFound = true;
      names.add(above.get().getSimpleName().toString());
    }
    boolean isOne = names.size() == 1;
    report.error(
        at,
        Message.MESSAGE_OUTSIDE,
        Display.list(names) + (isOne ? " is" : " are"),
        server.simpleName(),
        isOne ? "it" : "them");
  }

  private Optional<TypeElement> inheritedState() {
    return server.type().getInterfaces().stream()
        .filter(it -> it.getKind() == TypeKind.DECLARED)
        .flatMap(it -> types.elements().getAllMembers(element((DeclaredType) it)).stream())
        .filter(TypeElement.class::isInstance)
        .map(TypeElement.class::cast)
        .filter(it -> it.getSimpleName().contentEquals("State"))
        .findFirst();
  }

  /** Returns whether a type would be a message if it were nested in the interface. */
  boolean isOutside(DeclaredType type) {
    TypeElement element = element(type);
    return element.getKind().isClass()
        && MARKERS.stream().anyMatch(it -> types.supertype(type, it) != null);
  }

  void addOutside(DeclaredType type, Element at) {
    isMessageFound = true;
    outside.putIfAbsent(Display.simple(type), at);
  }

  /** A record of the interface that implements no marker, or one of another package. */
  void reportUnmarked(DeclaredType type, CallbackDeclaration callback, Element at) {
    isMessageFound = true;
    Optional<TypeElement> foreign =
        element(type).getInterfaces().stream()
            .filter(it -> it.getKind() == TypeKind.DECLARED)
            .map(it -> element((DeclaredType) it))
            .filter(it -> MARKERS.contains(it.getSimpleName().toString()))
            .findFirst();
    if (foreign.isPresent()) {
      String name = foreign.get().getQualifiedName().toString();
      if (foreignMarkers.add(name)) {
        report.error(
            at, Message.FOREIGN_MARKER, Display.simple(type), name, foreign.get().getSimpleName());
      }
      return;
    }
    report.error(
        at,
        Message.UNMARKED_MESSAGE,
        Display.simple(type),
        callback.name(),
        CallbackRules.KINDS.containsKey(callback.name())
            ? callback.name().substring("handle".length())
            : "one of them");
  }

  /** Returns the messages that a type stands for. */
  List<MessageDeclaration> group(DeclaredType type) {
    TypeMirror above = types.types().erasure(type);
    return server.messages().stream()
        .filter(it -> it.element().getKind() == ElementKind.RECORD)
        .filter(it -> types.types().isSubtype(types.types().erasure(it.element().asType()), above))
        .toList();
  }

  void reportGroup(
      DeclaredType type, List<MessageDeclaration> group, CallbackDeclaration callback, Element at) {
    Kind kind = CallbackRules.KINDS.get(callback.name());
    List<String> missing =
        group.stream()
            .filter(it -> kind == null || it.kinds().contains(kind))
            .filter(it -> !isTaken(it, callback.name()))
            .map(it -> wanted(callback.name(), it.name()))
            .toList();
    report.error(
        at,
        Message.GROUP_CALLBACK,
        Display.simple(type),
        server.simpleName(),
        Display.callback(callback),
        missing.isEmpty() ? "remove it" : "declare " + Display.list(missing));
  }

  private boolean isTaken(MessageDeclaration message, String callback) {
    return server.callbacks().stream()
        .filter(it -> it.name().equals(callback))
        .flatMap(it -> it.parameterTypes().stream())
        .anyMatch(
            it ->
                it.getKind() == TypeKind.DECLARED
                    && ((DeclaredType) it).asElement().equals(message.element()));
  }

  private String wanted(String callback, String message) {
    return String.format(
        "%s(%s, %s)", callback, message, state.map(Display::simple).orElse("State"));
  }

  /**
   * Reports a type of which nothing else is known.
   *
   * @return the message that was most likely meant
   */
  Optional<String> reportUnknown(TypeMirror type, CallbackDeclaration callback, Element at) {
    List<String> names = server.messages().stream().map(MessageDeclaration::name).toList();
    isMessageFound |= names.isEmpty();
    String written = Display.simple(type);
    Optional<String> meant =
        Suggestion.nearest(written.substring(written.lastIndexOf('.') + 1), names);
    String todo =
        names.isEmpty()
            ? "declare a nested record for it that implements " + marker(callback)
            : "take one of its message records: " + String.join(", ", names);
    report.error(
        at,
        Message.UNKNOWN_MESSAGE,
        written,
        server.simpleName(),
        meant.map(it -> "did you mean " + it + "?").orElse(todo));
    return meant;
  }

  private static String marker(CallbackDeclaration callback) {
    return switch (callback.name()) {
      case "handleCall" -> "Call<R>";
      case "handleInfo" -> "Info";
      case "handleQuery" -> "Query<R>";
      default -> "Cast";
    };
  }

  private static TypeElement element(DeclaredType type) {
    return (TypeElement) type.asElement();
  }
}
