package io.dgen.processor.validate;

import io.dgen.processor.extract.CallbackDeclaration;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.model.ServerModel.Returns;
import java.util.List;
import java.util.Optional;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.PrimitiveType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/**
 * What a callback may return. A return type has no element of its own: errors are at the method.
 */
final class ReturnRules {

  private final DgenTypes types;
  private final ValidationReport report;

  ReturnRules(DgenTypes types, ValidationReport report) {
    this.types = types;
    this.report = report;
  }

  /** A call's callback: a result with reply and state, or the reply alone. */
  Optional<Returns> checkCall(CallbackDeclaration callback, TypeMirror reply, TypeMirror state) {
    TypeMirror found = callback.returnType();
    if (isResult(found, List.of("CallResult", "Reply"), List.of(reply, state))) {
      return Optional.of(Returns.RESULT);
    }
    if (found.getKind() != TypeKind.VOID && isReply(found, reply)) {
      return Optional.of(Returns.REPLY);
    }
    String r = Display.simple(reply);
    String s = Display.simple(state);
    report.error(
        callback.method(),
        Message.CALL_RETURN,
        Display.callback(callback),
        String.format("CallResult<%s, %s>, Reply<%s, %s> or %s", r, s, r, s, r),
        Display.simple(found));
    return Optional.empty();
  }

  /** A cast's or an info's callback: a result with the state, or the state alone. */
  Optional<Returns> checkCast(CallbackDeclaration callback, TypeMirror state) {
    TypeMirror found = callback.returnType();
    if (isResult(found, List.of("CastResult", "NoReply"), List.of(state))) {
      return Optional.of(Returns.RESULT);
    }
    if (types.isSame(found, state)) {
      return Optional.of(Returns.STATE);
    }
    String s = Display.simple(state);
    report.error(
        callback.method(),
        Message.CAST_RETURN,
        Display.callback(callback),
        String.format("CastResult<%s>, NoReply<%s> or %s", s, s, s),
        Display.simple(found));
    return Optional.empty();
  }

  /** init: the state. */
  boolean checkInit(CallbackDeclaration callback, TypeMirror state) {
    TypeMirror found = callback.returnType();
    if (types.isSame(found, state)) {
      return true;
    }
    report.error(
        callback.method(),
        Message.INIT_RETURN,
        Display.callback(callback),
        Display.simple(state),
        Display.simple(found));
    return false;
  }

  private boolean isResult(TypeMirror found, List<String> classes, List<TypeMirror> arguments) {
    if (classes.stream().noneMatch(it -> types.is(found, it))) {
      return false;
    }
    List<? extends TypeMirror> written = ((DeclaredType) found).getTypeArguments();
    if (written.size() != arguments.size()) {
      return false;
    }
    for (int i = 0; i < written.size(); i++) {
      if (!types.isSame(written.get(i), arguments.get(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean isReply(TypeMirror found, TypeMirror reply) {
    TypeMirror boxed =
        found.getKind().isPrimitive()
            ? types.types().boxedClass((PrimitiveType) found).asType()
            : found;
    return types.isSame(boxed, reply);
  }
}
