package io.dgen.processor.validate;

import com.squareup.javapoet.ClassName;
import io.dgen.processor.extract.MessageDeclaration;
import io.dgen.processor.extract.ServerDeclaration;
import io.dgen.processor.model.GeneratedNames;
import io.dgen.processor.model.MessageModel.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;

/** What a message record must be, and the names that it gives to what is generated. */
final class MessageRules {

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

  /** What every client has, or will have: a message cannot take these names later. */
  private static final Set<String> OF_CLIENT =
      Set.of(
          "after",
          "at",
          "castAll",
          "deadLetters",
          "id",
          "in",
          "kill",
          "of",
          "priority",
          "queueLength",
          "status",
          "withIdempotencyKey",
          "withTimeout");

  /** The kinds, below the sealed interface over the messages. */
  private static final Set<String> OF_MESSAGE = Set.of("Call", "Cast", "Info");

  private final ValidationReport report;

  MessageRules(ValidationReport report) {
    this.report = report;
  }

  /**
   * Checks every message.
   *
   * @return the messages whose names can be generated, and so appear in stubs
   */
  List<MessageDeclaration> check(ServerDeclaration server, Optional<TypeElement> state) {
    List<MessageDeclaration> messages =
        server.messages().stream()
            .filter(message -> state.filter(message.element()::equals).isEmpty())
            .toList();
    if (messages.isEmpty()) {
      report.error(server.type(), Message.NO_MESSAGES, server.simpleName());
    }
    List<MessageDeclaration> named = new ArrayList<>();
    Map<String, String> methods = new HashMap<>();
    for (MessageDeclaration message : messages) {
      if (checkRecord(message) && checkNames(server, message, methods)) {
        named.add(message);
      }
    }
    return named;
  }

  /** {@code Call}, {@code Cast and Info}. */
  static String names(Collection<Kind> kinds) {
    return kinds.stream().map(MessageRules::name).collect(Collectors.joining(" and "));
  }

  /** {@code Call}. */
  static String name(Kind kind) {
    return switch (kind) {
      case CALL -> "Call";
      case CAST -> "Cast";
      case INFO -> "Info";
    };
  }

  private boolean checkRecord(MessageDeclaration message) {
    TypeElement element = message.element();
    if (element.getKind() != ElementKind.RECORD) {
      report.error(
          element,
          Message.MESSAGE_NOT_RECORD,
          message.name(),
          Display.kind(element),
          names(message.kinds()));
      return false;
    }
    if (!element.getTypeParameters().isEmpty()) {
      report.error(
          element.getTypeParameters().getFirst(),
          Message.GENERIC_RECORD,
          message.name(),
          Display.typeParameters(element.getTypeParameters()));
      return false;
    }
    if (message.kinds().size() > 1) {
      report.error(element, Message.TWO_KINDS, message.name(), names(message.kinds()));
    } else if (message.kinds().contains(Kind.CALL) && message.reply().isEmpty()) {
      report.error(element, Message.RAW_CALL, message.name());
    }
    return true;
  }

  private boolean checkNames(
      ServerDeclaration server, MessageDeclaration message, Map<String, String> methods) {
    String generated = GeneratedNames.of(ClassName.get(server.type()), "Message").simpleName();
    if (OF_MESSAGE.contains(message.name()) || message.name().equals(generated)) {
      report.error(
          message.element(), Message.MESSAGE_NAME, message.name(), generated, message.name());
      return false;
    }
    String method = GeneratedNames.method(message.name());
    Optional<String> owner = ownerOf(method);
    if (owner.isPresent()) {
      report.error(message.element(), Message.CLIENT_METHOD, message.name(), method, owner.get());
      return false;
    }
    for (String name : List.of(method, method + "Async")) {
      String other = methods.putIfAbsent(name, message.name());
      if (other != null) {
        report.error(message.element(), Message.SAME_METHOD, message.name(), name, other);
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
