package io.dgen.processor.validate;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.TypeName;
import io.dgen.processor.extract.AskDeclaration;
import io.dgen.processor.extract.CallbackDeclaration;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.extract.MessageDeclaration;
import io.dgen.processor.extract.ServerDeclaration;
import io.dgen.processor.extract.StepDeclaration;
import io.dgen.processor.extract.Unresolved;
import io.dgen.processor.model.GeneratedNames;
import io.dgen.processor.model.MessageModel.Kind;
import io.dgen.processor.model.ServerModel.Parameter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;

/** Rules about parameters of callbacks, which are recognised by their types, in any order. */
final class ParameterRules {

  private static final String QUERY = "handleQuery";
  private static final String LOCKED = "handleLocked";

  /** What a callback may need a type for, and where to get it. */
  private static final Map<String, String> USES =
      Map.of(
          "java.lang.String", "context.id()",
          "java.time.Instant", "context.now()",
          "io.dgen.store.Transaction", "context.transaction()");

  private final DgenTypes types;
  private final ServerDeclaration server;
  private final Optional<TypeMirror> state;
  private final Unresolved unresolved;
  private final ValidationReport report;
  private final StrangerRules strangers;

  ParameterRules(
      DgenTypes types,
      ServerDeclaration server,
      Optional<TypeMirror> state,
      Unresolved unresolved,
      ValidationReport report,
      StrangerRules strangers) {
    this.types = types;
    this.server = server;
    this.state = state;
    this.unresolved = unresolved;
    this.report = report;
    this.strangers = strangers;
  }

  /**
   * The parameters of a handler, as far as they are known.
   *
   * @param message the message that it takes
   * @param meant the messages that were probably meant, if it takes none
   * @param isStray whether it takes no message, and which one was meant is not known
   * @param parameters what it takes, if that is right
   */
  record Outcome(
      Optional<MessageDeclaration> message,
      Set<String> meant,
      boolean isStray,
      Optional<List<Parameter>> parameters) {}

  /** Checks that {@code init} takes nothing, or the context. */
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
            Display.simple(type),
            insteadOf(callback, type, sorted));
      }
    }
    return isRight ? Optional.of(sorted.parameters) : Optional.empty();
  }

  /** Checks that {@code handleDelete} takes the state, and perhaps the context. */
  Optional<List<Parameter>> checkDelete(CallbackDeclaration callback) {
    Sorted sorted = sort(callback);
    for (int i = 0; i < callback.parameterTypes().size(); i++) {
      TypeMirror type = callback.parameterTypes().get(i);
      if (messageOf(type, callback).isPresent() && !isState(type)) {
        sorted.strangers.add(i);
      }
    }
    sorted.from.ifPresent(sorted.strangers::add);
    boolean isRight =
        !sorted.isUnresolved && checkState(callback, sorted, "the state, and optionally Context");
    return isRight && !sorted.isDouble ? Optional.of(sorted.parameters) : Optional.empty();
  }

  /**
   * Checks that a handler takes its message, the state, and perhaps the caller and the context.
   *
   * @param mayTakeFrom whether it may take the caller, if the message is a call
   */
  Outcome checkHandler(CallbackDeclaration callback, boolean mayTakeFrom) {
    Sorted sorted = sort(callback);
    if (sorted.messages.size() > 1) {
      if (!sorted.isDouble && callback.isAnswering()) {
        report.error(
            callback.method(),
            Message.ASKED_MESSAGE,
            Display.callback(callback),
            sorted.messages.get(0).name() + " and " + sorted.messages.get(1).name());
      } else if (!sorted.isDouble) {
        report.error(
            callback.method(),
            Message.MESSAGE_PARAMETER,
            Display.callback(callback),
            sorted.messages.get(0).name() + " and " + sorted.messages.get(1).name(),
            server.simpleName());
      }
      return noMessage(Set.of(sorted.messages.getFirst().name()), false);
    }
    if (sorted.messages.isEmpty()) {
      return callback.isAnswering()
          ? missingAsked(callback, sorted)
          : missingMessage(callback, sorted);
    }
    MessageDeclaration message = sorted.messages.getFirst();
    boolean takesFrom = mayTakeFrom && message.kinds().contains(Kind.CALL);
    if (!takesFrom) {
      sorted.from.ifPresent(sorted.strangers::add);
    }
    boolean hasAnswer = !callback.isAnswering() || checkAnswer(callback, sorted, message);
    boolean hasState = checkState(callback, sorted, taken(callback, takesFrom));
    boolean hasFrom = !takesFrom || checkFrom(callback, sorted, message);
    boolean isRight = !sorted.isDouble && hasAnswer && hasState && hasFrom;
    return new Outcome(
        Optional.of(message),
        Set.of(),
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
    Display names = Display.among(List.of(message.reply().get(), found));
    report.error(
        callback.method().getParameters().get(sorted.from.get()),
        Message.FROM_TYPE,
        Display.callback(callback),
        "From<" + names.of(message.reply().get()) + ">",
        names.of(found));
    return false;
  }

  private static String taken(CallbackDeclaration callback, boolean takesFrom) {
    return callback.isAnswering()
        ? "what was asked, its answer, the state, and optionally " + contextOf(callback)
        : "its message, the state, and optionally "
            + (takesFrom ? "From and " : "")
            + contextOf(callback);
  }

  /** {@code Answer<Boolean>}. */
  static String answerOf(MessageDeclaration asked) {
    return "Answer<" + asked.reply().map(Display::simple).orElse("R") + ">";
  }

  /**
   * Checks that what was asked has its answer beside it. If there is none, another parameter is
   * most likely meant to be it.
   */
  private boolean checkAnswer(
      CallbackDeclaration callback, Sorted sorted, MessageDeclaration message) {
    if (message.reply().isEmpty() || (sorted.isDouble && sorted.answer.isEmpty())) {
      return false; // Reported where the call is declared, or at the second of the two.
    }
    TypeMirror reply = message.reply().get();
    Optional<Integer> at = sorted.answer.or(() -> answerAmong(callback, sorted, reply));
    Optional<TypeMirror> found = at.map(callback.parameterTypes()::get);
    if (unresolved.check(reply) || found.filter(unresolved::check).isPresent()) {
      return false;
    }
    if (sorted.answer.isPresent()) {
      List<? extends TypeMirror> arguments = ((DeclaredType) found.get()).getTypeArguments();
      if (arguments.size() == 1 && types.isSame(arguments.getFirst(), reply)) {
        return true;
      }
    }
    at.ifPresent(sorted.strangers::remove);
    Display names = Display.among(Stream.concat(Stream.of(reply), found.stream()).toList());
    report.error(
        at.<Element>map(callback.method().getParameters()::get).orElse(callback.method()),
        Message.ANSWER_TYPE,
        Display.callback(callback),
        (found.filter(this::isOtherAnswer).isPresent() ? "io.dgen.Answer<" : "Answer<")
            + names.of(reply)
            + ">",
        found.map(names::of).orElse("none"));
    return false;
  }

  /** Returns whether a type has the name of an answer, but is in another package. */
  private boolean isOtherAnswer(TypeMirror type) {
    return type instanceof DeclaredType declared
        && declared.asElement().getSimpleName().contentEquals("Answer")
        && !types.is(type, "Answer");
  }

  private Optional<Integer> answerAmong(
      CallbackDeclaration callback, Sorted sorted, TypeMirror reply) {
    return sorted.strangers.stream()
        .filter(
            it -> {
              TypeMirror type = callback.parameterTypes().get(it);
              return types.supertype(type, "Answer") != null
                  || TypeName.get(type).box().equals(TypeName.get(reply));
            })
        .findFirst()
        .or(
            () ->
                sorted.parameters.contains(Parameter.STATE)
                    ? sorted.strangers.stream()
                        .filter(it -> !types.is(callback.parameterTypes().get(it), "From"))
                        .findFirst()
                    : Optional.empty());
  }

  /**
   * Checks that a callback takes the state, and nothing strange.
   *
   * @param taken what it may take, for the error
   */
  private boolean checkState(CallbackDeclaration callback, Sorted sorted, String taken) {
    if (state.isEmpty()) {
      return false;
    }
    if (callback.isAnswering() && sorted.isDouble) {
      return false; // The second of the two is most likely meant to be what is missing.
    }
    List<Integer> strangers = new ArrayList<>(sorted.strangers);
    boolean hasState =
        sorted.parameters.contains(Parameter.STATE)
            || sorted.parameters.contains(Parameter.OPTIONAL_STATE);
    if (!hasState) {
      Optional<Integer> first = strangers.stream().findFirst();
      Optional<TypeMirror> found = first.map(callback.parameterTypes()::get);
      Display names = Display.among(Stream.concat(state.stream(), found.stream()).toList());
      report.error(
          first.<Element>map(callback.method().getParameters()::get).orElse(callback.method()),
          Message.STATE_PARAMETER,
          Display.callback(callback),
          names.of(state.get()),
          found.map(names::of).orElse("none"));
      first.ifPresent(strangers::remove);
    }
    strangers.addAll(sorted.misplaced);
    for (int i : strangers) {
      report.error(
          callback.method().getParameters().get(i),
          Message.CALLBACK_PARAMETER,
          callback.name(),
          taken,
          Display.simple(callback.parameterTypes().get(i)),
          insteadOf(callback, callback.parameterTypes().get(i), sorted));
    }
    return hasState && strangers.isEmpty();
  }

  /** Returns what to do about a parameter that no callback takes. */
  private String insteadOf(CallbackDeclaration callback, TypeMirror type, Sorted sorted) {
    if (isContext(type)) {
      return "take " + contextOf(callback);
    }
    boolean isOfTransaction = DgenTypes.isNamed(type, "io.dgen.store.Transaction");
    if (callback.name().equals(QUERY) && isOfTransaction) {
      return "remove it";
    }
    Optional<String> use =
        type.getKind() != TypeKind.DECLARED
            ? Optional.empty()
            : Optional.ofNullable(
                USES.get(
                    ((TypeElement) ((DeclaredType) type).asElement())
                        .getQualifiedName()
                        .toString()));
    boolean hasContext =
        sorted.parameters.contains(Parameter.CONTEXT)
            || sorted.parameters.contains(Parameter.LOCKED_CONTEXT)
            || sorted.parameters.contains(Parameter.QUERY_CONTEXT);
    String take = hasContext ? "remove it" : "take " + contextOf(callback);
    return use.map(it -> take + " and use " + it).orElse("remove it");
  }

  /** Returns the context that a callback may take. */
  private static String contextOf(CallbackDeclaration callback) {
    return switch (callback.name()) {
      case QUERY -> "QueryContext";
      case LOCKED -> "LockedContext";
      default -> "Context";
    };
  }

  private boolean isContext(TypeMirror type) {
    return types.is(type, "Context")
        || types.is(type, "QueryContext")
        || types.is(type, "LockedContext");
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
      return noMessage(Set.of(), true);
    }
    Optional<MessageDeclaration> asked =
        sorted.strangers.stream()
            .map(callback.parameterTypes()::get)
            .flatMap(it -> asked(it).stream())
            .findFirst();
    if (asked.isPresent() && reportAsked(callback, asked.get())) {
      return noMessage(Set.of(nameOf(asked.get())), false);
    }
    int first = sorted.strangers.getFirst();
    TypeMirror type = callback.parameterTypes().get(first);
    Element at = callback.method().getParameters().get(first);
    if (type.getKind() == TypeKind.DECLARED) {
      DeclaredType declared = (DeclaredType) type;
      Optional<StepDeclaration> step =
          server.steps().stream()
              .filter(it -> it.element().equals(declared.asElement()))
              .findFirst();
      if (step.isPresent()) {
        reportStep(step.get(), callback, at);
        return noMessage(Set.of(), false);
      }
      if (isNestedRecord(declared)) {
        strangers.reportUnmarked(declared, callback, at);
        return noMessage(Set.of(), false);
      }
      if (strangers.isOutside(declared)) {
        strangers.addOutside(declared, at);
        return noMessage(Set.of(), true);
      }
      List<MessageDeclaration> group = strangers.group(declared);
      if (!group.isEmpty()) {
        strangers.reportGroup(declared, group, callback, at);
        return noMessage(
            group.stream().map(MessageDeclaration::name).collect(Collectors.toSet()), false);
      }
    }
    Set<String> meant =
        strangers.reportUnknown(type, callback, at).stream().collect(Collectors.toSet());
    return noMessage(meant, meant.isEmpty());
  }

  /** Reports a callback that takes what was asked, but not as an answer is taken. */
  private boolean reportAsked(CallbackDeclaration callback, MessageDeclaration asked) {
    if (callback.takesAnswer()) {
      report.error(
          callback.method(),
          Message.MISNAMED_CALLBACK,
          asked.name(),
          meantName(callback, asked),
          Display.callback(callback));
      return true;
    }
    if (callback.name().equals("handleLocked") || callback.name().equals("handleDeadLetter")) {
      report.error(
          callback.method(),
          Message.ANSWER_TYPE,
          Display.callback(callback),
          answerOf(asked),
          "none");
      return true;
    }
    return false;
  }

  /** Returns the name of a callback for what no other callback does yet. */
  private String meantName(CallbackDeclaration callback, MessageDeclaration asked) {
    boolean isHandled =
        server.callbacks().stream()
            .filter(it -> it.name().equals("handleAnswer"))
            .flatMap(it -> it.parameterTypes().stream())
            .anyMatch(it -> asked(it).equals(Optional.of(asked)));
    if (!isHandled) {
      return "handleAnswer";
    }
    return types.is(callback.returnType(), "LockedResult") ? "handleLocked" : "handleDeadLetter";
  }

  private Optional<MessageDeclaration> asked(TypeMirror type) {
    return server.asks().stream()
        .map(AskDeclaration::message)
        .filter(it -> type instanceof DeclaredType its && it.element().equals(its.asElement()))
        .findFirst();
  }

  /** Returns a name that tells what was asked from a message of the same simple name. */
  static String nameOf(MessageDeclaration asked) {
    return asked.element().getQualifiedName().toString();
  }

  /** Says why no parameter is a call that was asked. */
  private Outcome missingAsked(CallbackDeclaration callback, Sorted sorted) {
    if (!sorted.isUnresolved && !sorted.isDouble) {
      Optional<Integer> first = sorted.strangers.stream().findFirst();
      report.error(
          first.<Element>map(callback.method().getParameters()::get).orElse(callback.method()),
          Message.ASKED_MESSAGE,
          Display.callback(callback),
          first.map(callback.parameterTypes()::get).map(this::described).orElse("none"));
    }
    return noMessage(Set.of(), true);
  }

  /** {@code Notify, a Cast}. */
  private String described(TypeMirror type) {
    return Stream.of("Cast", "Info", "Query", "Call")
        .filter(it -> types.supertype(type, it) != null)
        .findFirst()
        .map(
            it ->
                switch (it) {
                  case "Info" -> ", which is an Info";
                  case "Call" -> ", which belongs to no server";
                  default -> ", which is a " + it;
                })
        .map(it -> Display.simple(type) + it)
        .orElseGet(() -> Display.simple(type));
  }

  private void reportStep(StepDeclaration step, CallbackDeclaration callback, Element at) {
    report.error(
        at,
        Message.STEP_CALLBACK,
        step.name(),
        Display.callback(callback),
        GeneratedNames.of(ClassName.get(server.type()), "Steps").simpleName()
            + ".in(context)."
            + GeneratedNames.method(step.name())
            + "(...)");
  }

  private static Outcome noMessage(Set<String> meant, boolean isStray) {
    return new Outcome(Optional.empty(), meant, isStray, Optional.empty());
  }

  private boolean isNestedRecord(DeclaredType type) {
    Element element = type.asElement();
    return element.getKind() == ElementKind.RECORD
        && server.type().equals(element.getEnclosingElement());
  }

  private Sorted sort(CallbackDeclaration callback) {
    Sorted sorted = new Sorted();
    boolean isQuery = callback.name().equals(QUERY);
    boolean isLocked = callback.name().equals(LOCKED);
    Set<Parameter> seen = EnumSet.noneOf(Parameter.class);
    for (int i = 0; i < callback.parameterTypes().size(); i++) {
      TypeMirror type = callback.parameterTypes().get(i);
      Optional<MessageDeclaration> message = messageOf(type, callback);
      Optional<Parameter> parameter = message.map(it -> Parameter.MESSAGE);
      if (isState(type)) {
        parameter = Optional.of(Parameter.STATE);
      } else if (isQuery && isOptionalState(type)) {
        parameter = Optional.of(Parameter.OPTIONAL_STATE);
      } else if (types.is(type, contextOf(callback))) {
        parameter =
            Optional.of(
                isQuery
                    ? Parameter.QUERY_CONTEXT
                    : isLocked ? Parameter.LOCKED_CONTEXT : Parameter.CONTEXT);
      } else if (isLocked && types.is(type, "Context")) {
        parameter = Optional.of(Parameter.CONTEXT);
      } else if (isContext(type)) {
        sorted.misplaced.add(i);
        continue;
      } else if (types.is(type, "From")) {
        parameter = Optional.of(Parameter.FROM);
      } else if (callback.isAnswering() && types.is(type, "Answer")) {
        parameter = Optional.of(Parameter.ANSWER);
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
              : !seen.add(
                  switch (parameter.get()) {
                    case OPTIONAL_STATE -> Parameter.STATE;
                    case LOCKED_CONTEXT -> Parameter.CONTEXT;
                    default -> parameter.get();
                  });
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
      } else if (parameter.get() == Parameter.ANSWER) {
        sorted.answer = Optional.of(i);
      }
      sorted.parameters.add(parameter.get());
    }
    return sorted;
  }

  private boolean isOptionalState(TypeMirror type) {
    if (!DgenTypes.isNamed(type, "java.util.Optional")) {
      return false;
    }
    List<? extends TypeMirror> arguments = ((DeclaredType) type).getTypeArguments();
    return arguments.size() == 1 && isState(arguments.getFirst());
  }

  /** Returns whether a type is the state, even if the state is wrong. */
  private boolean isState(TypeMirror type) {
    if (state.isPresent()) {
      return types.isSame(type, state.get());
    }
    return type.getKind() == TypeKind.DECLARED
        && Stream.concat(server.namedState().stream(), server.nestedState().stream())
            .anyMatch(((DeclaredType) type).asElement()::equals);
  }

  /** Returns the message that a type is; a callback of answers takes what was asked. */
  private Optional<MessageDeclaration> messageOf(TypeMirror type, CallbackDeclaration callback) {
    Stream<MessageDeclaration> known =
        callback.isAnswering()
            ? server.asks().stream().map(AskDeclaration::message)
            : server.messages().stream();
    return known
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

    /** The contexts that are those of other callbacks. */
    private final List<Integer> misplaced = new ArrayList<>();

    private Optional<Integer> from = Optional.empty();
    private Optional<Integer> answer = Optional.empty();
    private boolean isDouble;
    private boolean isUnresolved;
  }
}
