package io.dgen.processor.validate;

import io.dgen.processor.extract.CallbackDeclaration;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.extract.MessageDeclaration;
import io.dgen.processor.extract.ServerDeclaration;
import io.dgen.processor.extract.Unresolved;
import io.dgen.processor.model.MessageModel.Kind;
import io.dgen.processor.model.ServerModel.Parameter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** What a callback takes: each parameter is known by its type, in any order. */
final class ParameterRules {

  private final DgenTypes types;
  private final ServerDeclaration server;
  private final Optional<TypeMirror> state;
  private final Unresolved unresolved;
  private final ValidationReport report;

  ParameterRules(
      DgenTypes types,
      ServerDeclaration server,
      Optional<TypeMirror> state,
      Unresolved unresolved,
      ValidationReport report) {
    this.types = types;
    this.server = server;
    this.state = state;
    this.unresolved = unresolved;
    this.report = report;
  }

  /**
   * What is known of a handler.
   *
   * @param message the message that it takes
   * @param meant the message that was probably meant, if it takes none
   * @param isStray whether it takes no message, and which one was meant is not known
   * @param parameters what it takes, if that is right
   */
  record Outcome(
      Optional<MessageDeclaration> message,
      Optional<String> meant,
      boolean isStray,
      Optional<List<Parameter>> parameters) {}

  /** {@code init} takes nothing, or the context. */
  Optional<List<Parameter>> checkInit(CallbackDeclaration callback) {
    Sorted sorted = sort(callback);
    boolean isRight = !sorted.isDouble;
    for (int i = 0; i < callback.parameterTypes().size(); i++) {
      TypeMirror type = callback.parameterTypes().get(i);
      if (!types.is(type, "Context") && !unresolved.check(type)) {
        isRight = false;
        report.error(
            callback.method().getParameters().get(i),
            Message.CALLBACK_PARAMETER,
            "init",
            "nothing, or Context",
            Display.simple(type));
      }
    }
    return isRight ? Optional.of(sorted.parameters) : Optional.empty();
  }

  /**
   * A handler takes its message, the state, and perhaps the caller and the context.
   *
   * @param mayTakeFrom whether it may take the caller, if the message is a call
   */
  Outcome checkHandler(CallbackDeclaration callback, boolean mayTakeFrom) {
    Sorted sorted = sort(callback);
    if (sorted.messages.size() > 1) {
      if (!sorted.isDouble) {
        report.error(
            callback.method(),
            Message.MESSAGE_PARAMETER,
            Display.callback(callback),
            sorted.messages.get(0).name() + " and " + sorted.messages.get(1).name(),
            server.simpleName());
      }
      return new Outcome(
          Optional.empty(), Optional.of(sorted.messages.get(0).name()), false, Optional.empty());
    }
    if (sorted.messages.isEmpty()) {
      return missingMessage(callback, sorted);
    }
    MessageDeclaration message = sorted.messages.getFirst();
    boolean takesFrom = mayTakeFrom && message.kinds().contains(Kind.CALL);
    if (!takesFrom) {
      sorted.from.ifPresent(sorted.strangers::add);
    }
    boolean hasState = checkState(callback, sorted, takesFrom);
    boolean hasFrom = !takesFrom || checkFrom(callback, sorted, message);
    boolean isRight = !sorted.isDouble && hasState && hasFrom;
    return new Outcome(
        Optional.of(message),
        Optional.empty(),
        false,
        isRight ? Optional.of(sorted.parameters) : Optional.empty());
  }

  private boolean checkFrom(
      CallbackDeclaration callback, Sorted sorted, MessageDeclaration message) {
    if (sorted.from.isEmpty() || message.reply().isEmpty()) {
      return true;
    }
    TypeMirror found = callback.parameterTypes().get(sorted.from.get());
    List<? extends TypeMirror> arguments = ((DeclaredType) found).getTypeArguments();
    if (unresolved.check(found)
        || (arguments.size() == 1 && types.isSame(arguments.getFirst(), message.reply().get()))) {
      return true;
    }
    report.error(
        callback.method().getParameters().get(sorted.from.get()),
        Message.FROM_TYPE,
        Display.callback(callback),
        "From<" + Display.simple(message.reply().get()) + ">",
        Display.simple(found));
    return false;
  }

  private boolean checkState(CallbackDeclaration callback, Sorted sorted, boolean takesFrom) {
    if (state.isEmpty()) {
      return false;
    }
    String stateName = Display.simple(state.get());
    List<Integer> strangers = new ArrayList<>(sorted.strangers);
    boolean hasState = sorted.parameters.contains(Parameter.STATE);
    if (!hasState) {
      Element at =
          strangers.isEmpty()
              ? callback.method()
              : callback.method().getParameters().get(strangers.getFirst());
      String found =
          strangers.isEmpty()
              ? "none"
              : Display.simple(callback.parameterTypes().get(strangers.removeFirst()));
      report.error(at, Message.STATE_PARAMETER, Display.callback(callback), stateName, found);
    }
    for (int i : strangers) {
      report.error(
          callback.method().getParameters().get(i),
          Message.CALLBACK_PARAMETER,
          callback.name(),
          takesFrom
              ? "its message, the state, and optionally From and Context"
              : "its message, the state, and optionally Context",
          Display.simple(callback.parameterTypes().get(i)));
    }
    return hasState && strangers.isEmpty();
  }

  /** Says why no parameter is a message, and guesses which one was meant. */
  private Outcome missingMessage(CallbackDeclaration callback, Sorted sorted) {
    if (sorted.strangers.isEmpty()) {
      if (!sorted.isUnresolved) {
        report.error(
            callback.method(),
            Message.MESSAGE_PARAMETER,
            Display.callback(callback),
            "none",
            server.simpleName());
      }
      return noMessage(Optional.empty(), true);
    }
    int first = sorted.strangers.getFirst();
    TypeMirror type = callback.parameterTypes().get(first);
    Element at = callback.method().getParameters().get(first);
    if (type.getKind() == TypeKind.DECLARED && isNestedRecord((DeclaredType) type)) {
      report.error(
          at,
          Message.UNMARKED_MESSAGE,
          Display.simple(type),
          callback.name(),
          CallbackRules.KINDS.containsKey(callback.name())
              ? callback.name().substring("handle".length())
              : "one of them");
      return noMessage(Optional.empty(), false);
    }
    List<String> names = server.messages().stream().map(MessageDeclaration::name).toList();
    String written = Display.simple(type);
    Optional<String> meant =
        Suggestion.nearest(written.substring(written.lastIndexOf('.') + 1), names);
    report.error(
        at,
        Message.UNKNOWN_MESSAGE,
        written,
        server.simpleName(),
        meant
            .map(it -> "did you mean " + it + "?")
            .orElse("take one of its message records: " + String.join(", ", names)));
    return noMessage(meant, meant.isEmpty());
  }

  private static Outcome noMessage(Optional<String> meant, boolean isStray) {
    return new Outcome(Optional.empty(), meant, isStray, Optional.empty());
  }

  private boolean isNestedRecord(DeclaredType type) {
    Element element = type.asElement();
    return element.getKind() == ElementKind.RECORD
        && server.type().equals(element.getEnclosingElement());
  }

  private Sorted sort(CallbackDeclaration callback) {
    Sorted sorted = new Sorted();
    Set<Parameter> seen = EnumSet.noneOf(Parameter.class);
    for (int i = 0; i < callback.parameterTypes().size(); i++) {
      TypeMirror type = callback.parameterTypes().get(i);
      Optional<MessageDeclaration> message = messageOf(type);
      Optional<Parameter> parameter = message.map(it -> Parameter.MESSAGE);
      if (state.isPresent() && types.isSame(type, state.get())) {
        parameter = Optional.of(Parameter.STATE);
      } else if (types.is(type, "Context")) {
        parameter = Optional.of(Parameter.CONTEXT);
      } else if (types.is(type, "From")) {
        parameter = Optional.of(Parameter.FROM);
      }
      if (parameter.isEmpty()) {
        if (unresolved.check(type)) {
          sorted.isUnresolved = true;
        } else {
          sorted.strangers.add(i);
        }
        continue;
      }
      boolean isRepeated =
          parameter.get() == Parameter.MESSAGE
              ? sorted.messages.contains(message.orElseThrow())
              : !seen.add(parameter.get());
      if (isRepeated) {
        sorted.isDouble = true;
        report.error(
            callback.method().getParameters().get(i),
            Message.DUPLICATE_PARAMETER,
            Display.callback(callback),
            Display.simple(type));
        continue;
      }
      if (parameter.get() == Parameter.MESSAGE) {
        sorted.messages.add(message.orElseThrow());
      } else if (parameter.get() == Parameter.FROM) {
        sorted.from = Optional.of(i);
      }
      sorted.parameters.add(parameter.get());
    }
    return sorted;
  }

  private Optional<MessageDeclaration> messageOf(TypeMirror type) {
    return server.messages().stream()
        .filter(
            it ->
                type.getKind() == TypeKind.DECLARED
                    && ((DeclaredType) type).asElement().equals(it.element()))
        .findFirst();
  }

  /** The parameters of one method, by what they are. */
  private static final class Sorted {
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<MessageDeclaration> messages = new ArrayList<>();
    private final List<Integer> strangers = new ArrayList<>();
    private Optional<Integer> from = Optional.empty();
    private boolean isDouble;
    private boolean isUnresolved;
  }
}
