package io.dgen.processor.validate;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.TypeName;
import io.dgen.processor.extract.AskDeclaration;
import io.dgen.processor.extract.Declarations;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.extract.MessageDeclaration;
import io.dgen.processor.extract.ServerDeclaration;
import io.dgen.processor.extract.StepDeclaration;
import io.dgen.processor.extract.Unresolved;
import io.dgen.processor.model.ApiModel;
import io.dgen.processor.model.ApiModel.ApiMessage;
import io.dgen.processor.model.ApiModel.ApiParameter;
import io.dgen.processor.model.ApiModel.ApiStep;
import io.dgen.processor.model.ApiModel.Rejected;
import io.dgen.processor.model.ComponentModel;
import io.dgen.processor.model.GeneratedNames;
import io.dgen.processor.model.MessageModel;
import io.dgen.processor.model.MessageModel.Kind;
import io.dgen.processor.model.ServerModel;
import io.dgen.processor.model.ServerModel.CallbackModel;
import io.dgen.processor.model.Shape;
import io.dgen.processor.model.StepModel;
import io.dgen.processor.validate.CallbackRules.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/** Applies every rule to a server, and makes its model if they all hold. */
public final class ServerValidator {

  /**
   * The models of a server, as far as they are known.
   *
   * @param api the part that its users see
   * @param server the server, if nothing is wrong
   * @param hasOpenAnswers whether the type of an answer that it takes is not known, so that the
   *     messages are not
   */
  public record Outcome(ApiModel api, Optional<ServerModel> server, boolean hasOpenAnswers) {}

  private final DgenTypes types;
  private final ServerDeclaration server;
  private final Unresolved unresolved;
  private final ValidationReport report;
  private final Visibility visibility;

  /**
   * Makes a validator of one server.
   *
   * @param types the compiler's and the runtime's types
   * @param server what was declared
   * @param unresolved gets the types that do not exist; if there are any, nothing else counts
   * @param report gets the errors
   */
  public ServerValidator(
      DgenTypes types, ServerDeclaration server, Unresolved unresolved, ValidationReport report) {
    this.types = types;
    this.server = server;
    this.unresolved = unresolved;
    this.report = report;
    this.visibility = new Visibility(types.elements(), server.type());
  }

  /**
   * Applies the rules.
   *
   * @return what is known; the model only if the report is clean and every type exists
   */
  public Outcome validate() {
    if (!new InterfaceRules(report).check(server)) {
      return new Outcome(
          api(Optional.empty(), server.messages(), server.asks(), server.steps()),
          Optional.empty(),
          hasOpenAnswers());
    }
    Optional<TypeElement> state = new StateRules(report).check(server);
    List<MessageDeclaration> messages = new MessageRules(unresolved, report).check(server, state);
    List<StepDeclaration> steps =
        new StepRules(report)
            .check(server, GeneratedNames.of(ClassName.get(server.type()), "Steps").simpleName());
    CallbackRules callbacks = new CallbackRules(types, server, state, unresolved, report);
    AskRules askRules = new AskRules(types, server, unresolved, report);
    List<AskDeclaration> asks = askRules.check(messages);
    callbacks.check(messages, asks);
    ShapeRules shapes = new ShapeRules(types, visibility, unresolved, report);
    shapes.checkServer(server.type());
    state
        .filter(it -> it.getKind() == ElementKind.RECORD && it.getTypeParameters().isEmpty())
        .ifPresent(shapes::componentsOfState);
    List<MessageModel> models = new ArrayList<>();
    Map<TypeElement, List<String>> formerNames =
        new RenameRules(unresolved, report)
            .check(
                "",
                Stream.concat(
                        messages.stream().map(MessageDeclaration::element),
                        steps.stream().map(StepDeclaration::element))
                    .toList(),
                server.type());
    for (MessageDeclaration message : messages) {
      model(message, formerNames.getOrDefault(message.element(), List.of()), shapes)
          .ifPresent(models::add);
    }
    List<MessageModel> answers = new ArrayList<>();
    for (AskDeclaration ask : asks) {
      if (askRules.hasRightTypes(ask)) {
        answer(ask, askRules.formerNames(ask), shapes).ifPresent(answers::add);
      }
    }
    List<StepModel> stepModels = new ArrayList<>();
    for (StepDeclaration step : steps) {
      step.result()
          .flatMap(it -> shapes.resultOf(step.element(), it))
          .ifPresent(
              it ->
                  stepModels.add(
                      new StepModel(
                          ClassName.get(step.element()),
                          formerNames.getOrDefault(step.element(), List.of()),
                          it)));
    }
    if (report.isClean() && unresolved.isEmpty()) {
      // An error elsewhere may hide a list.
      strays(state, models, stepModels, shapes).check(server.type());
      new IdRules(report, shapes.records().values()).check(server.type());
    }
    ApiModel api = api(state, messages, asks, steps);
    boolean isRight = report.isClean() && unresolved.isEmpty();
    models.addAll(answers);
    List<MessageDeclaration> handled =
        Stream.concat(messages.stream(), asks.stream().map(AskDeclaration::message)).toList();
    return new Outcome(
        api,
        isRight && state.isPresent()
            ? Optional.of(server(state.get(), handled, models, stepModels, callbacks, shapes))
            : Optional.empty(),
        hasOpenAnswers());
  }

  private boolean hasOpenAnswers() {
    return Stream.concat(
            server.callbacks().stream()
                .filter(it -> it.name().equals("handleAnswer"))
                .flatMap(it -> it.parameterTypes().stream()),
            server.asks().stream()
                .map(it -> it.message().element())
                .flatMap(it -> it.getInterfaces().stream()))
        .anyMatch(it -> !isKnown(it));
  }

  private StrayAnnotations strays(
      Optional<TypeElement> state,
      List<MessageModel> messages,
      List<StepModel> steps,
      ShapeRules shapes) {
    List<TypeName> records = messages.stream().<TypeName>map(MessageModel::record).toList();
    return new StrayAnnotations(
        unresolved,
        report,
        records,
        Stream.of(
                state.stream().map(ClassName::get),
                records.stream(),
                shapes.records().keySet().stream(),
                shapes.enums().keySet().stream())
            .flatMap(it -> it),
        Stream.concat(
            Stream.concat(records.stream(), steps.stream().map(StepModel::record)),
            shapes.sealed().values().stream()
                .flatMap(it -> it.variants().stream())
                .map(it -> it.shape().type())));
  }

  private Optional<MessageModel> model(
      MessageDeclaration message, List<String> formerNames, ShapeRules shapes) {
    List<ComponentModel> components = shapes.componentsOfMessage(message.element());
    TypeElement record = message.element();
    Optional<Shape> reply = message.reply().flatMap(it -> shapes.replyOf(record, it, record));
    if (message.kinds().size() > 1) {
      return Optional.empty();
    }
    Kind kind = message.kinds().iterator().next();
    return Optional.of(
        new MessageModel(
            ClassName.get(record),
            kind,
            message.name(),
            message.name(),
            formerNames,
            components,
            reply));
  }

  private static Optional<MessageModel> answer(
      AskDeclaration ask, List<String> formerNames, ShapeRules shapes) {
    MessageDeclaration call = ask.message();
    List<ComponentModel> components = shapes.componentsOf(call.element(), ask.at());
    return call.reply()
        .flatMap(it -> shapes.replyOf(call.element(), it, ask.at()))
        .map(
            reply ->
                new MessageModel(
                    ClassName.get(call.element()),
                    Kind.ANSWER,
                    ask.server().storedName() + "." + call.name(),
                    ask.wrapper(),
                    formerNames,
                    components,
                    Optional.of(reply)));
  }

  private ServerModel server(
      TypeElement state,
      List<MessageDeclaration> messages,
      List<MessageModel> models,
      List<StepModel> steps,
      CallbackRules callbacks,
      ShapeRules shapes) {
    List<CallbackModel> handlers = inRole(Role.HANDLER, callbacks, messages, models);
    Map<Boolean, List<CallbackModel>> byQuery =
        handlers.stream()
            .collect(
                Collectors.partitioningBy(
                    it -> it.message().filter(its -> its.kind() == Kind.QUERY).isPresent()));
    if (handlers.size() < messages.size()) {
      throw new IllegalStateException("a message without a callback, and no error");
    }
    return new ServerModel(
        ClassName.get(server.type()),
        server.storedName(),
        Visibility.isPublic(server.type()),
        ClassName.get(state),
        List.copyOf(models),
        List.copyOf(steps),
        callback(callbacks.init().orElseThrow(), Optional.empty()),
        List.copyOf(byQuery.getOrDefault(false, List.of())),
        List.copyOf(byQuery.getOrDefault(true, List.of())),
        inRole(Role.LOCKED, callbacks, messages, models),
        inRole(Role.DEAD_LETTER, callbacks, messages, models),
        callbacks.delete().map(it -> callback(it, Optional.empty())),
        server.hasAbstractMethods(),
        shapes.records(),
        shapes.sealed(),
        shapes.enums());
  }

  private static List<CallbackModel> inRole(
      Role role,
      CallbackRules callbacks,
      List<MessageDeclaration> messages,
      List<MessageModel> models) {
    List<CallbackModel> found = new ArrayList<>();
    for (int i = 0; i < models.size(); i++) {
      MessageModel message = models.get(i);
      callbacks
          .matched(role, messages.get(i))
          .ifPresent(it -> found.add(callback(it, Optional.of(message))));
    }
    return List.copyOf(found);
  }

  private static CallbackModel callback(
      CallbackRules.Matched matched, Optional<MessageModel> message) {
    return new CallbackModel(
        matched.method(), message, List.copyOf(matched.parameters()), matched.returns());
  }

  private ApiModel api(
      Optional<TypeElement> state,
      List<MessageDeclaration> messages,
      List<AskDeclaration> asks,
      List<StepDeclaration> steps) {
    TypeElement generated =
        types
            .elements()
            .getTypeElement(
                types.elements().getModuleOf(server.type()),
                "javax.annotation.processing.Generated");
    List<ApiMessage> known =
        messages.stream().filter(this::isNameable).map(this::apiMessage).toList();
    return new ApiModel(
        ClassName.get(server.type()),
        Visibility.isPublic(server.type()),
        visibility.hiddenBy(server.type()).isEmpty(),
        report.isClean() && unresolved.isEmpty(),
        true,
        Optional.ofNullable(generated).map(ClassName::get),
        state
            .filter(it -> visibility.isNameable(types.types().erasure(it.asType())))
            .filter(it -> !Declarations.areWrong(it))
            .map(ClassName::get),
        known,
        steps.stream().filter(this::isNameable).map(this::apiStep).toList(),
        rejected(state, known),
        server.isAsking(),
        new AskedServers(server, this::asMessage).of(asks));
  }

  private List<Rejected> rejected(Optional<TypeElement> state, List<ApiMessage> known) {
    Set<ClassName> callable =
        known.stream()
            .filter(ApiMessage::isCallable)
            .map(ApiMessage::record)
            .collect(Collectors.toSet());
    return server.messages().stream()
        .filter(it -> state.filter(it.element()::equals).isEmpty())
        .filter(it -> !callable.contains(ClassName.get(it.element())))
        .map(it -> new Rejected(it.method(), it.kinds().iterator().next()))
        .filter(it -> !SourceVersion.isKeyword(it.method(), SourceVersion.latest()))
        .toList();
  }

  private Optional<ApiMessage> asMessage(MessageDeclaration message) {
    return Optional.of(message)
        .filter(this::isNameable)
        .map(this::apiMessage)
        .filter(ApiMessage::isCallable);
  }

  private boolean isNameable(MessageDeclaration message) {
    return message.element().getKind() == ElementKind.RECORD
        && message.element().getTypeParameters().isEmpty()
        && visibility.isNameable(message.element().asType());
  }

  private boolean isNameable(StepDeclaration step) {
    return step.element().getKind() == ElementKind.RECORD
        && GeneratedNames.isMethod(GeneratedNames.method(step.name()));
  }

  private ApiStep apiStep(StepDeclaration step) {
    return new ApiStep(
        ClassName.get(step.element()),
        GeneratedNames.method(step.name()),
        step.result().filter(visibility::isNameable).filter(this::isKnown).map(TypeName::get));
  }

  private ApiMessage apiMessage(MessageDeclaration message) {
    boolean isCallable =
        Components.areLegal(message.components())
            && Components.areFew(message.components())
            && message.components().stream()
                .allMatch(it -> visibility.isNameable(it.asType()) && isKnown(it.asType()));
    return new ApiMessage(
        ClassName.get(message.element()),
        message.method(),
        // A message with two kinds is wrong: what fits most uses of its method comes first.
        message.kinds().iterator().next(),
        isCallable
            ? message.components().stream().map(ServerValidator::parameter).toList()
            : List.of(),
        isCallable,
        message.varargs(),
        message.reply().filter(visibility::isNameable).filter(this::isKnown).map(TypeName::get));
  }

  /** Returns whether a type exists; a missing one was noted before, but must not be generated. */
  private boolean isKnown(TypeMirror type) {
    return !new Unresolved(Set.of(), types.types()).check(type);
  }

  private static ApiParameter parameter(RecordComponentElement component) {
    return new ApiParameter(component.getSimpleName().toString(), TypeName.get(component.asType()));
  }
}
