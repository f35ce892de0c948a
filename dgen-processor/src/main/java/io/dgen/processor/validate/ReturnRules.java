package io.dgen.processor.validate;

import io.dgen.processor.extract.CallbackDeclaration;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.model.ServerModel.Returns;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * Rules about what a callback may return. A return type has no element of its own, so errors are at
 * the method.
 */
final class ReturnRules {

  private static final List<String> CALL_RESULTS =
      List.of(
          "CallResult",
          "Reply",
          "ReplyLater",
          "ReplyAndStop",
          "Lock",
          "Stop",
          "Refuse",
          "Delete",
          "ReplyAndDelete");

  private static final List<String> LOCKED_RESULTS =
      List.of("LockedResult", "Unlock", "Delete", "ReplyAndDelete");

  private final DgenTypes types;
  private final ValidationReport report;

  ReturnRules(DgenTypes types, ValidationReport report) {
    this.types = types;
    this.report = report;
  }

  /** Checks a call's callback, which returns a result with reply and state, or only the reply. */
  Optional<Returns> checkCall(CallbackDeclaration callback, TypeMirror reply, TypeMirror state) {
    TypeMirror found = callback.returnType();
    if (isResult(found, CALL_RESULTS, Optional.of(reply), state)) {
      return Optional.of(Returns.RESULT);
    }
    if (types.isSame(found, reply) && types.isSame(found, state)) {
      String both = Display.simple(state);
      report.error(
          callback.method(),
          Message.AMBIGUOUS_RETURN,
          Display.callback(callback),
          both,
          String.format("Reply<%s, %s>", both, both));
      return Optional.empty();
    }
    if (found.getKind() != TypeKind.VOID && isReply(found, reply)) {
      return Optional.of(Returns.REPLY);
    }
    if (isMissing(reply)) {
      return Optional.empty(); // The missing codec is reported at the message.
    }
    Display names = Display.among(List.of(reply, state, found));
    String r = names.of(reply);
    String s = names.of(state);
    report.error(
        callback.method(),
        Message.CALL_RETURN,
        Display.callback(callback),
        String.format("CallResult<%s, %s>, Reply<%s, %s> or %s", r, s, r, s, r),
        names.of(found));
    return Optional.empty();
  }

  /** Checks a cast's or an info's callback, which returns a result with the state, or the state. */
  Optional<Returns> checkCast(CallbackDeclaration callback, TypeMirror state) {
    TypeMirror found = callback.returnType();
    if (isCastResult(callback, found, state)) {
      return Optional.of(Returns.RESULT);
    }
    if (types.isSame(found, state)) {
      return Optional.of(Returns.STATE);
    }
    Display names = Display.among(List.of(state, found));
    String s = names.of(state);
    report.error(
        callback.method(),
        Message.CAST_RETURN,
        Display.callback(callback),
        String.format("CastResult<%s>, NoReply<%s> or %s", s, s, s),
        names.of(found));
    return Optional.empty();
  }

  /** Checks a query's callback, which returns the reply and nothing else. */
  Optional<Returns> checkQuery(CallbackDeclaration callback, TypeMirror reply) {
    TypeMirror found = callback.returnType();
    if (found.getKind() != TypeKind.VOID && isReply(found, reply)) {
      return Optional.of(Returns.REPLY);
    }
    if (isMissing(reply) || DgenTypes.isVoid(reply)) {
      return Optional.empty(); // Reported at the message.
    }
    Display names = Display.among(List.of(reply, found));
    report.error(
        callback.method(),
        Message.QUERY_RETURN,
        Display.callback(callback),
        names.of(reply),
        names.of(found));
    return Optional.empty();
  }

  /** Checks {@code init}, which returns the state. */
  boolean checkInit(CallbackDeclaration callback, TypeMirror state) {
    TypeMirror found = callback.returnType();
    if (types.isSame(found, state)) {
      return true;
    }
    Display names = Display.among(List.of(state, found));
    report.error(
        callback.method(),
        Message.INIT_RETURN,
        Display.callback(callback),
        names.of(state),
        names.of(found));
    return false;
  }

  /** Checks {@code handleDelete}, which returns nothing. */
  boolean checkDelete(CallbackDeclaration callback) {
    TypeMirror found = callback.returnType();
    if (found.getKind() == TypeKind.VOID) {
      return true;
    }
    report.error(
        callback.method(),
        Message.DELETE_RETURN,
        Display.callback(callback),
        Display.simple(found));
    return false;
  }

  /** Checks {@code handleLocked}: its reply type counts only if there is a caller. */
  Optional<Returns> checkLocked(
      CallbackDeclaration callback, Optional<TypeMirror> reply, TypeMirror state) {
    TypeMirror found = callback.returnType();
    if (isResult(found, LOCKED_RESULTS, reply, state)) {
      return Optional.of(Returns.RESULT);
    }
    if (reply.filter(ReturnRules::isMissing).isPresent()) {
      return Optional.empty();
    }
    Display names = Display.among(Stream.concat(reply.stream(), Stream.of(state, found)).toList());
    report.error(
        callback.method(),
        Message.LOCKED_RETURN,
        Display.callback(callback),
        String.format("LockedResult<%s, %s>", reply.map(names::of).orElse("Void"), names.of(state)),
        names.of(found));
    return Optional.empty();
  }

  /**
   * Returns whether a type is a result without reply. That of a dead letter can neither lock nor
   * refuse, and an answer has nobody who hears a refusal.
   */
  private boolean isCastResult(CallbackDeclaration callback, TypeMirror found, TypeMirror state) {
    List<String> replying =
        switch (callback.name()) {
          case "handleDeadLetter" -> List.of("Stop", "Delete");
          case "handleAnswer" -> List.of("Lock", "Stop", "Delete");
          default -> List.of("Lock", "Stop", "Refuse", "Delete");
        };
    return isResult(found, replying, Optional.empty(), state)
        || (List.of("CastResult", "NoReply").stream().anyMatch(it -> types.is(found, it))
            && isOf(found, state));
  }

  private boolean isOf(TypeMirror found, TypeMirror state) {
    List<? extends TypeMirror> written = ((DeclaredType) found).getTypeArguments();
    return written.size() == 1 && types.isSame(written.getFirst(), state);
  }

  /**
   * Returns whether a type is one of some classes, of a reply and the state; any reply fits none.
   */
  private boolean isResult(
      TypeMirror found, List<String> classes, Optional<TypeMirror> reply, TypeMirror state) {
    if (classes.stream().noneMatch(it -> types.is(found, it))) {
      return false;
    }
    List<? extends TypeMirror> written = ((DeclaredType) found).getTypeArguments();
    return written.size() == 2
        && reply.map(it -> types.isSame(written.getFirst(), it)).orElse(true)
        && types.isSame(written.getLast(), state);
  }

  /** Returns whether a type, or an argument of it, does not exist: it is one that is generated. */
  private static boolean isMissing(TypeMirror type) {
    return type.getKind() == TypeKind.ERROR
        || (type instanceof ArrayType array && isMissing(array.getComponentType()))
        || (type instanceof DeclaredType declared
            && declared.getTypeArguments().stream().anyMatch(ReturnRules::isMissing));
  }

  private boolean isReply(TypeMirror found, TypeMirror reply) {
    TypeMirror boxed =
        found.getKind().isPrimitive()
            ? types.types().boxedClass((PrimitiveType) found).asType()
            : found;
    return types.isSame(boxed, reply);
  }
}
