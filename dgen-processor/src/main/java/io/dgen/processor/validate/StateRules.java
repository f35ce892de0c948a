package io.dgen.processor.validate;

import io.dgen.processor.extract.MessageDeclaration;
import io.dgen.processor.extract.ServerDeclaration;
import java.util.Optional;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Rules about which record is the state. */
final class StateRules {

  private final ValidationReport report;

  StateRules(ValidationReport report) {
    this.report = report;
  }

  /**
   * Finds the state.
   *
   * @return the state, if there is one; it may be wrong, and then the report says so
   */
  Optional<TypeElement> check(ServerDeclaration server) {
    if (server.state().isPresent()) {
      return named(server, server.state().get());
    }
    if (server.nestedState().isEmpty()) {
      return Optional.empty(); // ServerValidator says so, unless a callback shows where it is.
    }
    TypeElement state = server.nestedState().get();
    if (state.getKind() != ElementKind.RECORD) {
      report.error(state, Message.STATE_NOT_RECORD, state.getSimpleName(), Display.kind(state));
      return usable(state);
    }
    checkRecord(server, state);
    return usable(state);
  }

  /**
   * Returns a state without type parameters, which is a type that a callback can take or return.
   */
  private static Optional<TypeElement> usable(TypeElement state) {
    return Optional.of(state).filter(it -> it.getTypeParameters().isEmpty());
  }

  private Optional<TypeElement> named(ServerDeclaration server, AnnotationValue value) {
    if (server.namedState().isEmpty()) {
      // javac reports a class that does not exist.
      if (value.getValue() instanceof TypeMirror type && type.getKind() != TypeKind.ERROR) {
        report.error(
            server.annotation(),
            value,
            Message.STATE_NOT_RECORD,
            Display.simple(type),
            type.getKind() == TypeKind.ARRAY ? "an array" : "a primitive type");
      }
      return Optional.empty();
    }
    TypeElement state = server.namedState().get();
    if (state.getKind() != ElementKind.RECORD) {
      report.error(
          server.annotation(),
          value,
          Message.STATE_NOT_RECORD,
          state.getSimpleName(),
          Display.kind(state));
      return usable(state);
    }
    if (server.nestedState().filter(nested -> !nested.equals(state)).isPresent()) {
      report.error(
          server.annotation(),
          value,
          Message.STATE_AMBIGUOUS,
          server.simpleName(),
          state.getSimpleName());
      return Optional.empty();
    }
    checkRecord(server, state);
    return usable(state);
  }

  private void checkRecord(ServerDeclaration server, TypeElement state) {
    if (!state.getTypeParameters().isEmpty()) {
      Element at = report.covers(state) ? state.getTypeParameters().getFirst() : server.type();
      report.error(
          at,
          Message.GENERIC_RECORD,
          state.getSimpleName(),
          Display.typeParameters(state.getTypeParameters()));
    }
    for (MessageDeclaration message : server.messages()) {
      if (message.element().equals(state)) {
        report.error(
            state,
            Message.STATE_IS_MESSAGE,
            state.getSimpleName(),
            MessageRules.names(message.kinds()));
      }
    }
  }
}
