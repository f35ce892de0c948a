package io.dgen.processor.validate;

import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.extract.MessageDeclaration;
import io.dgen.processor.extract.ServerDeclaration;
import io.dgen.processor.extract.Unresolved;
import io.dgen.processor.model.MessageModel.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/** Rules about message records. */
final class MessageRules {

  private final Unresolved unresolved;
  private final ValidationReport report;

  MessageRules(Unresolved unresolved, ValidationReport report) {
    this.unresolved = unresolved;
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
    List<MessageDeclaration> named = new ArrayList<>();
    NameRules names = new NameRules(server, unresolved, report);
    for (MessageDeclaration message : messages) {
      if (checkRecord(message) && names.check(message)) {
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
      case QUERY -> "Query";
      case ANSWER -> "Answer";
    };
  }

  /** A query does nothing but reply. */
  private void checkReply(MessageDeclaration message) {
    Optional<TypeMirror> reply = message.reply();
    if (reply.isEmpty() || DgenTypes.isVoid(reply.get())) {
      report.error(
          message.element(),
          Message.QUERY_REPLY,
          message.name(),
          reply.isEmpty() ? "Query" : "Query<Void>");
    }
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
    } else if (message.kinds().contains(Kind.QUERY)) {
      checkReply(message);
    }
    return true;
  }
}
