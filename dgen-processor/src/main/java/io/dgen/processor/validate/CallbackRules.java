package io.dgen.processor.validate;

import io.dgen.processor.extract.AskDeclaration;
import io.dgen.processor.extract.CallbackDeclaration;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.extract.MessageDeclaration;
import io.dgen.processor.extract.ServerDeclaration;
import io.dgen.processor.extract.Unresolved;
import io.dgen.processor.model.MessageModel.Kind;
import io.dgen.processor.model.ServerModel.Parameter;
import io.dgen.processor.model.ServerModel.Returns;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Rules about which callback handles which message, and its form. */
final class CallbackRules {

  /** The role of a callback for its message. */
  enum Role {
    /**
     * Handles it: {@code handleCall}, {@code handleCast}, {@code handleInfo}, {@code handleQuery}
     * or {@code handleAnswer}.
     */
    HANDLER,
    /** Handles it while the entity is locked. */
    LOCKED,
    /** Handles it when it is given up. */
    DEAD_LETTER;

    private static Role of(String name) {
      return switch (name) {
        case "handleLocked" -> LOCKED;
        case "handleDeadLetter" -> DEAD_LETTER;
        default -> HANDLER;
      };
    }
  }

  private static final String INIT = "init";
  private static final String DELETE = "handleDelete";

  /** The callbacks that handle no message. */
  private static final Set<String> WITHOUT_MESSAGE = Set.of(INIT, DELETE);

  static final Map<String, Kind> KINDS =
      Map.of(
          "handleCall", Kind.CALL,
          "handleCast", Kind.CAST,
          "handleInfo", Kind.INFO,
          "handleQuery", Kind.QUERY,
          "handleAnswer", Kind.ANSWER);

  /**
   * A callback that is right.
   *
   * @param method its name
   * @param parameters what it takes, in order
   * @param returns what it returns
   */
  record Matched(String method, List<Parameter> parameters, Returns returns) {}

  private final DgenTypes types;
  private final ServerDeclaration server;
  private final Optional<TypeMirror> state;
  private final Unresolved unresolved;
  private final ValidationReport report;
  private final StrangerRules strangers;
  private final ParameterRules parameters;
  private final ReturnRules returns;

  private final Map<Role, Map<MessageDeclaration, CallbackDeclaration>> callbacks =
      new EnumMap<>(Role.class);
  private final Map<Role, Map<MessageDeclaration, Matched>> matched = new EnumMap<>(Role.class);
  private final Set<String> meant = new HashSet<>();
  private final Map<Kind, Integer> strays = new EnumMap<>(Kind.class);
  private Optional<Matched> init = Optional.empty();
  private Optional<Matched> delete = Optional.empty();
  private boolean hasStrangeLocked;

  CallbackRules(
      DgenTypes types,
      ServerDeclaration server,
      Optional<TypeElement> state,
      Unresolved unresolved,
      ValidationReport report) {
    this.types = types;
    this.server = server;
    this.state = state.map(TypeElement::asType);
    this.unresolved = unresolved;
    this.report = report;
    this.strangers = new StrangerRules(types, server, this.state, report);
    this.parameters = new ParameterRules(types, server, this.state, unresolved, report, strangers);
    this.returns = new ReturnRules(types, report);
    for (Role role : Role.values()) {
      callbacks.put(role, new HashMap<>());
      matched.put(role, new HashMap<>());
    }
  }

  /** Returns the callback of {@code init}, if it is right. */
  Optional<Matched> init() {
    return init;
  }

  /** Returns the callback of {@code handleDelete}, if there is one that is right. */
  Optional<Matched> delete() {
    return delete;
  }

  /** Returns the callback of a message in a role, if there is one that is right. */
  Optional<Matched> matched(Role role, MessageDeclaration message) {
    return Optional.ofNullable(in(matched, role).get(message));
  }

  private static <T> Map<MessageDeclaration, T> in(
      Map<Role, Map<MessageDeclaration, T>> all, Role role) {
    return Objects.requireNonNull(all.get(role));
  }

  /** Checks every callback, and that every message has one, and so has every answer. */
  void check(List<MessageDeclaration> messages, List<AskDeclaration> asks) {
    for (CallbackDeclaration callback : server.callbacks()) {
      if (WITHOUT_MESSAGE.contains(callback.name())) {
        continue;
      }
      checkForm(callback);
      checkHandler(callback);
    }
    strangers.reportOutside();
    if (server.messages().isEmpty() && !strangers.isMessageFound()) {
      report.error(server.type(), Message.NO_MESSAGES, server.simpleName());
    }
    if (isStateMissing() && !strangers.isStateFound()) {
      report.error(server.type(), Message.NO_STATE, server.simpleName());
    }
    checkInit();
    checkDelete();
    messages.forEach(this::checkHandled);
    messages.forEach(this::checkLock);
    asks.forEach(this::checkAnswered);
    asks.forEach(it -> checkLock(it.message()));
  }

  private boolean isStateMissing() {
    return server.state().isEmpty() && server.nestedState().isEmpty();
  }

  private void checkLock(MessageDeclaration message) {
    CallbackDeclaration handler = in(callbacks, Role.HANDLER).get(message);
    Optional<Matched> known = matched(Role.HANDLER, message);
    if (handler != null && known.isPresent() && state.isPresent()) {
      new LockRules(types, state.get(), report)
          .check(
              message,
              handler,
              known.get().parameters().contains(Parameter.FROM),
              hasStrangeLocked,
              in(callbacks, Role.LOCKED).get(message));
    }
  }

  private void checkHandled(MessageDeclaration message) {
    if (in(callbacks, Role.HANDLER).containsKey(message)
        || meant.contains(message.name())
        || server.steps().stream().anyMatch(it -> it.element().equals(message.element()))
        || message.kinds().size() > 1) {
      return;
    }
    // A callback of this kind whose message is unknown was reported: most likely it is this one's.
    Kind kind = message.kinds().iterator().next();
    int left = strays.getOrDefault(kind, 0);
    if (left > 0) {
      strays.put(kind, left - 1);
      return;
    }
    Optional<CallbackDeclaration> misnamed = misnamed(message, it -> true);
    if (misnamed.isPresent()) {
      report.error(
          misnamed.get().method(),
          Message.MISNAMED_CALLBACK,
          message.name(),
          methodOf(message),
          Display.callback(misnamed.get()));
      return;
    }
    report.error(message.element(), Message.UNHANDLED, message.name(), wanted(message));
  }

  /** An answer that is locked or given up was handled before; a method of another name was not. */
  private void checkAnswered(AskDeclaration ask) {
    MessageDeclaration answer = ask.message();
    if (in(callbacks, Role.HANDLER).containsKey(answer)
        || meant.contains(ParameterRules.nameOf(answer))) {
      return;
    }
    Optional<CallbackDeclaration> misnamed = misnamed(answer, CallbackDeclaration::takesAnswer);
    if (misnamed.isPresent()) {
      report.error(
          misnamed.get().method(),
          Message.MISNAMED_CALLBACK,
          answer.name(),
          methodOf(answer),
          Display.callback(misnamed.get()));
      return;
    }
    List<Role> others =
        Stream.of(Role.LOCKED, Role.DEAD_LETTER)
            .filter(it -> in(callbacks, it).containsKey(answer))
            .toList();
    if (!others.isEmpty() && others.stream().allMatch(it -> in(matched, it).containsKey(answer))) {
      CallbackDeclaration other =
          Objects.requireNonNull(in(callbacks, others.getFirst()).get(answer));
      report.error(
          other.method(),
          Message.ANSWER_UNHANDLED,
          Display.callback(other),
          String.format(
              "handleAnswer(%s, %s, %s)",
              answer.name(),
              ParameterRules.answerOf(answer),
              state.map(Display::simple).orElse("State")));
    }
  }

  /** Returns a method that takes a message and the state but has another name. */
  private Optional<CallbackDeclaration> misnamed(
      MessageDeclaration message, Predicate<CallbackDeclaration> which) {
    return server.others().stream()
        .filter(which)
        .filter(it -> !it.is(Modifier.STATIC) && !it.is(Modifier.PRIVATE))
        .filter(it -> state.isPresent() && takes(it, state.get()))
        .filter(it -> takes(it, message.element().asType()))
        .findFirst();
  }

  private boolean takes(CallbackDeclaration method, TypeMirror type) {
    return method.parameterTypes().stream().anyMatch(it -> types.isSame(it, type));
  }

  private void checkInit() {
    String stateName = state.map(Display::simple).orElse("State");
    Optional<CallbackDeclaration> found = only(INIT);
    if (found.isEmpty()) {
      if (state.isPresent()) {
        report.error(server.type(), Message.NO_INIT, server.simpleName(), stateName);
      }
      return;
    }
    CallbackDeclaration first = found.get();
    Optional<List<Parameter>> taken = parameters.checkInit(first);
    if (!unresolved.check(first.returnType())
        && state.isPresent()
        && returns.checkInit(first, state.get())
        && taken.isPresent()) {
      init = Optional.of(new Matched(INIT, taken.get(), Returns.STATE));
    }
  }

  private void checkDelete() {
    Optional<CallbackDeclaration> found = only(DELETE);
    if (found.isEmpty()) {
      return;
    }
    Optional<List<Parameter>> taken = parameters.checkDelete(found.get());
    if (!unresolved.check(found.get().returnType())
        && returns.checkDelete(found.get())
        && taken.isPresent()) {
      delete = Optional.of(new Matched(DELETE, taken.get(), Returns.NOTHING));
    }
  }

  /** Returns the callback of a name that only one may have, after a check of its form. */
  private Optional<CallbackDeclaration> only(String name) {
    List<CallbackDeclaration> found =
        server.callbacks().stream().filter(it -> it.name().equals(name)).toList();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    CallbackDeclaration first = found.getFirst();
    for (CallbackDeclaration other : found.subList(1, found.size())) {
      report.error(
          other.method(),
          Message.DUPLICATE_CALLBACK,
          server.simpleName(),
          Display.callback(first),
          Display.callback(other));
    }
    checkForm(first);
    return Optional.of(first);
  }

  private void checkForm(CallbackDeclaration callback) {
    String found =
        callback.is(Modifier.STATIC)
            ? "static"
            : callback.is(Modifier.PRIVATE)
                ? "private"
                : callback.method().getTypeParameters().isEmpty()
                    ? ""
                    : "<" + Display.typeParameters(callback.method().getTypeParameters()) + ">";
    if (!found.isEmpty()) {
      report.error(callback.method(), Message.CALLBACK_FORM, Display.callback(callback), found);
    }
    String others =
        callback.thrownTypes().stream()
            .filter(it -> !unresolved.check(it) && !canBeThrown(it))
            .map(Display::simple)
            .collect(Collectors.joining(", "));
    if (!others.isEmpty()) {
      report.error(callback.method(), Message.CALLBACK_THROWS, Display.callback(callback), others);
    }
  }

  /** Returns whether the generated server, whose methods throw exceptions, can call it. */
  private boolean canBeThrown(TypeMirror thrown) {
    return List.of("java.lang.Exception", "java.lang.Error").stream()
        .map(types.elements()::getTypeElement)
        .anyMatch(it -> types.types().isSubtype(thrown, it.asType()));
  }

  private void checkHandler(CallbackDeclaration callback) {
    Role role = Role.of(callback.name());
    @Nullable Kind kind = KINDS.get(callback.name());
    ParameterRules.Outcome taken =
        parameters.checkHandler(callback, kind == Kind.CALL || role == Role.LOCKED);
    if (kind != null) {
      meant.addAll(taken.meant());
      if (taken.isStray()) {
        strays.merge(kind, 1, Integer::sum);
      }
    }
    hasStrangeLocked |= role == Role.LOCKED && taken.message().isEmpty();
    boolean missingReturn = unresolved.check(callback.returnType());
    if (taken.message().isEmpty()) {
      return;
    }
    MessageDeclaration message = taken.message().get();
    boolean hasOneKind = message.kinds().size() == 1;
    if (kind != null && hasOneKind && !message.kinds().contains(kind)) {
      meant.add(message.name());
      report.error(
          callback.method(),
          Message.WRONG_CALLBACK,
          message.name(),
          article(message),
          methodOf(message),
          callback.name());
      return;
    }
    if (role != Role.HANDLER && hasOneKind && message.kinds().contains(Kind.QUERY)) {
      report.error(
          callback.method(), Message.QUERY_UNQUEUED, Display.callback(callback), message.name());
      return;
    }
    CallbackDeclaration other = in(callbacks, role).putIfAbsent(message, callback);
    if (other != null) {
      report.error(
          callback.method(),
          Message.DUPLICATE_CALLBACK,
          message.name(),
          Display.callback(other),
          Display.callback(callback));
      return;
    }
    if (role == Role.DEAD_LETTER && hasOneKind && message.kinds().contains(Kind.INFO)) {
      report.error(
          callback.method(), Message.INFO_DEAD_LETTER, Display.callback(callback), message.name());
      return;
    }
    if (missingReturn || state.isEmpty() || !hasOneKind) {
      return;
    }
    Optional<Returns> returned = checkReturn(callback, message, state.get());
    if (returned.isPresent() && taken.parameters().isPresent()) {
      in(matched, role)
          .put(message, new Matched(callback.name(), taken.parameters().get(), returned.get()));
    }
  }

  private Optional<Returns> checkReturn(
      CallbackDeclaration callback, MessageDeclaration message, TypeMirror stateType) {
    boolean isRawCall = message.kinds().contains(Kind.CALL) && message.reply().isEmpty();
    return switch (callback.name()) {
      case "handleQuery" -> message.reply().flatMap(it -> returns.checkQuery(callback, it));
      case "handleCall" ->
          message.reply().flatMap(it -> returns.checkCall(callback, it, stateType));
      case "handleLocked" ->
          isRawCall
              ? Optional.empty()
              : returns.checkLocked(callback, repliedTo(message), stateType);
      default -> returns.checkCast(callback, stateType);
    };
  }

  /**
   * Returns the reply's type if somebody waits for it, as nobody does for what an answer leads to.
   */
  private static Optional<TypeMirror> repliedTo(MessageDeclaration message) {
    return message.reply().filter(it -> !message.kinds().contains(Kind.ANSWER));
  }

  private static String article(MessageDeclaration message) {
    String kind = MessageRules.names(message.kinds());
    return kind.equals("Info") ? "an Info" : "a " + kind;
  }

  private static String methodOf(MessageDeclaration message) {
    return "handle" + MessageRules.names(message.kinds());
  }

  private String wanted(MessageDeclaration message) {
    return String.format(
        "%s(%s, %s)",
        methodOf(message), message.name(), state.map(Display::simple).orElse("State"));
  }
}
