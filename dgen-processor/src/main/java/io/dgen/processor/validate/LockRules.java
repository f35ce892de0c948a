package io.dgen.processor.validate;

import io.dgen.processor.extract.CallbackDeclaration;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.extract.MessageDeclaration;
import io.dgen.processor.model.MessageModel.Kind;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/**
 * Rules about what the declared result of a callback requires: a lock needs a {@code handleLocked},
 * and a later reply needs the caller.
 */
final class LockRules {

  private final DgenTypes types;
  private final TypeMirror state;
  private final ValidationReport report;

  LockRules(DgenTypes types, TypeMirror state, ValidationReport report) {
    this.types = types;
    this.state = state;
    this.report = report;
  }

  /**
   * Checks one message.
   *
   * @param handler its callback, of which the form is right
   * @param takesFrom whether the callback takes the caller
   * @param isLockedStrange whether a {@code handleLocked} takes no known message, perhaps this one
   * @param locked its {@code handleLocked}, if there is one, right or wrong
   */
  void check(
      MessageDeclaration message,
      CallbackDeclaration handler,
      boolean takesFrom,
      boolean isLockedStrange,
      @Nullable CallbackDeclaration locked) {
    TypeMirror result = handler.returnType();
    Optional<String> reply =
        message.reply().filter(it -> !message.kinds().contains(Kind.ANSWER)).map(Display::simple);
    if (types.is(result, "ReplyLater") && !takesFrom) {
      report.error(
          handler.method(),
          Message.REPLY_LATER,
          Display.callback(handler),
          "From<" + reply.orElse("R") + ">");
    }
    String stateName = Display.simple(state);
    if (types.is(result, "Lock") && locked == null && !isLockedStrange) {
      report.error(
          handler.method(),
          Message.LOCK_UNHANDLED,
          Display.callback(handler),
          String.format(
              "LockedResult<%s, %s> handleLocked(%s, %s)",
              reply.orElse("Void"), stateName, taken(message), stateName));
    }
    if (locked != null && !mayLock(result)) {
      report.error(
          locked.method(),
          Message.LOCKED_UNREACHABLE,
          Display.callback(locked),
          Display.callback(handler),
          Display.simple(result),
          reply
              .map(it -> String.format("CallResult<%s, %s>", it, stateName))
              .orElse(String.format("CastResult<%s>", stateName)));
    }
  }

  private static String taken(MessageDeclaration message) {
    return message.kinds().contains(Kind.ANSWER)
        ? message.name() + ", " + ParameterRules.answerOf(message)
        : message.name();
  }

  private boolean mayLock(TypeMirror result) {
    return Stream.of("CallResult", "CastResult", "Lock").anyMatch(it -> types.is(result, it));
  }
}
