package io.dgen.processor.write;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import com.squareup.javapoet.WildcardTypeName;
import io.dgen.processor.model.ApiModel;
import io.dgen.processor.model.MessageModel;
import io.dgen.processor.model.MessageModel.Kind;
import io.dgen.processor.model.ServerModel;
import io.dgen.processor.model.ServerModel.CallbackModel;
import io.dgen.processor.model.ServerModel.Parameter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Writes the descriptor: name, codecs, and the switch from messages to callbacks. */
public final class ServerWriter {

  /** The most messages of one switch. */
  private static final int LONGEST_SWITCH = 250;

  private final ApiModel api;
  private final Optional<ServerModel> server;
  private final ClassName name;
  private final ClassName message;
  private final TypeName state;

  private ServerWriter(ApiModel api, Optional<ServerModel> server) {
    this.api = api;
    this.server = server;
    this.name = api.generated("Server");
    this.message = Generated.message(api);
    this.state = api.state().map(it -> (TypeName) it).orElse(TypeName.OBJECT);
  }

  /**
   * Writes the file.
   *
   * @param api the server, as its users see it
   * @param server the server
   * @return {@code CounterServer} for {@code Counter}
   */
  public static JavaFile write(ApiModel api, ServerModel server) {
    return new ServerWriter(api, Optional.of(server)).file();
  }

  /**
   * Writes a file for a server that has errors: its methods throw.
   *
   * @param api what is known of the server
   * @return {@code CounterServer} for {@code Counter}
   */
  public static JavaFile writeStub(ApiModel api) {
    return new ServerWriter(api, Optional.empty()).file();
  }

  private JavaFile file() {
    TypeSpec.Builder type =
        Generated.start(TypeSpec.classBuilder(name), api)
            .addModifiers(Modifier.FINAL)
            .addJavadoc(
                "Describes {@link $T} to a node that hosts it. Thread-safe if the callbacks are.\n",
                api.type())
            .addMethod(constructor());
    if (server.isPresent()) {
      type.superclass(ParameterizedTypeName.get(Generated.GENERATED_SERVER, state, message))
          .addField(api.type(), "callbacks", Modifier.PRIVATE, Modifier.FINAL);
    } else {
      addStubs(type);
    }
    if (server.isEmpty() || !server.get().hasAbstractCallbacks()) {
      type.addMethod(ofDefaults());
    }
    type.addMethod(ofImplementation());
    type.addMethod(
        overriding(
                "init", state, server.map(ServerWriter::initBody).orElseGet(() -> Stubs.body(api)))
            .toBuilder()
            .addParameter(Generated.CONTEXT, "context")
            .addException(Exception.class)
            .build());
    TypeName result = ParameterizedTypeName.get(Generated.RESULT, state);
    server.ifPresentOrElse(
        it ->
            addSwitch(type, handle(it, result), callback -> wrapped(it, callback), notHandled(it)),
        () -> type.addMethod(handling("handle", result, Stubs.body(api))));
    server.filter(it -> !it.queries().isEmpty()).ifPresent(it -> addQueries(type, it));
    server.filter(it -> !it.locked().isEmpty()).ifPresent(it -> addLocked(type, it));
    server.filter(it -> !it.deadLetters().isEmpty()).ifPresent(it -> addDeadLetter(type, it));
    server.flatMap(ServerModel::delete).ifPresent(it -> type.addMethod(handleDelete(it)));
    return Generated.file(name, type.build());
  }

  private MethodSpec handleDelete(CallbackModel callback) {
    return overriding(
            callback.method(),
            TypeName.VOID,
            CodeBlock.of("callbacks.$L($L)", callback.method(), arguments(callback)))
        .toBuilder()
        .addParameter(state, "state")
        .addParameter(Generated.CONTEXT, "context")
        .addException(Exception.class)
        .build();
  }

  /** Adds the methods of a server that has errors, and so no codecs. */
  private void addStubs(TypeSpec.Builder type) {
    type.addSuperinterface(ParameterizedTypeName.get(Generated.SERVER_DESCRIPTOR, state, message))
        .addMethod(overriding("name", ClassName.get(String.class), Stubs.body(api)))
        .addMethod(
            overriding(
                "messages",
                ParameterizedTypeName.get(Generated.MESSAGE_CODEC, message),
                Stubs.body(api)))
        .addMethod(
            overriding(
                "states",
                ParameterizedTypeName.get(Generated.STATE_CODEC, state),
                Stubs.body(api)));
  }

  /**
   * Adds the methods for messages that have {@code handleLocked}; for the others the interface's
   * defaults apply.
   */
  private void addLocked(TypeSpec.Builder type, ServerModel it) {
    CodeBlock.Builder has = CodeBlock.builder().add("return switch (message) {\n").indent();
    for (CallbackModel callback : it.locked()) {
      has.add("case $T it -> true;\n", messageOf(callback));
    }
    if (it.locked().size() < it.messages().size()) {
      has.add("default -> false;\n");
    }
    type.addMethod(
        overriding("hasLocked", TypeName.BOOLEAN, has.unindent().add("}").build()).toBuilder()
            .addParameter(message, "message")
            .build());
    TypeName result =
        ParameterizedTypeName.get(
            Generated.LOCKED_RESULT, WildcardTypeName.subtypeOf(Object.class), state);
    addSwitch(
        type,
        new Switch("handleLocked", result, it.locked(), it.messages().size()),
        callback ->
            CodeBlock.of(
                "$T.locked(callbacks.handleLocked($L), $S)",
                Generated.CALLBACKS,
                arguments(callback),
                described(it, callback)),
        CodeBlock.of("super.handleLocked(message, state, invocation)"));
  }

  private static Switch handle(ServerModel it, TypeName result) {
    return new Switch("handle", result, it.callbacks(), it.messages().size());
  }

  /** Returns the value of {@code handle} for queries, which are not handled there. */
  private static CodeBlock notHandled(ServerModel it) {
    return it.queries().isEmpty()
        ? CodeBlock.of("null")
        : CodeBlock.of("throw $T.query(messages().name(message))", Generated.CALLBACKS);
  }

  private void addQueries(TypeSpec.Builder type, ServerModel it) {
    addSwitch(
        type,
        new Switch("handleQuery", ClassName.OBJECT, it.queries(), it.messages().size()),
        callback -> CodeBlock.of("callbacks.$L($L)", callback.method(), arguments(callback)),
        CodeBlock.of("super.handleQuery(message, state, context)"));
  }

  private void addDeadLetter(TypeSpec.Builder type, ServerModel it) {
    TypeName result = ParameterizedTypeName.get(Generated.RESULT, state);
    addSwitch(
        type,
        new Switch("handleDeadLetter", result, it.deadLetters(), it.messages().size()),
        callback -> wrapped(it, callback),
        CodeBlock.of("null"));
  }

  /**
   * A method that is a switch over messages.
   *
   * @param method its name
   * @param result its return type
   * @param callbacks a case for each
   * @param messages how many messages there are
   */
  private record Switch(
      String method, TypeName result, List<CallbackModel> callbacks, int messages) {

    boolean isQuery() {
      return method.equals("handleQuery");
    }
  }

  /**
   * Adds one switch over the sealed hierarchy: javac checks that no message is forgotten. For very
   * many messages one method would be too large for a class file, so there is a chain of them.
   *
   * @param otherwise the value for messages without a case; a switch that has every message must
   *     not have a default
   */
  private void addSwitch(
      TypeSpec.Builder type,
      Switch each,
      Function<CallbackModel, CodeBlock> value,
      CodeBlock otherwise) {
    List<CallbackModel> callbacks = each.callbacks();
    // Once also without any: a server may have queries alone.
    for (int from = 0; from == 0 || from < callbacks.size(); from += LONGEST_SWITCH) {
      int to = Math.min(callbacks.size(), from + LONGEST_SWITCH);
      CodeBlock.Builder body = CodeBlock.builder().add("return switch (message) {\n").indent();
      for (CallbackModel callback : callbacks.subList(from, to)) {
        body.add("case $T it ->\n    $L;\n", messageOf(callback), value.apply(callback));
      }
      if (to < callbacks.size()) {
        body.add(
            "default -> $LFrom$L(message, state, $L);\n",
            each.method(),
            to,
            each.isQuery() ? "context" : "invocation");
      } else if (to < each.messages()) {
        body.add("default -> $L;\n", otherwise);
      } else if (from > 0) {
        body.add("default -> throw new $T($S);\n", IllegalStateException.class, "no such message");
      }
      body.unindent().add("}");
      String name = from == 0 ? each.method() : each.method() + "From" + from;
      MethodSpec method =
          each.isQuery()
              ? querying(name, body.build())
              : handling(name, each.result(), body.build());
      type.addMethod(from == 0 ? method : next(method));
    }
  }

  /** Returns a method that cannot be overridden. */
  private static MethodSpec next(MethodSpec method) {
    MethodSpec.Builder own = method.toBuilder();
    own.annotations.clear();
    own.modifiers.clear();
    return own.addModifiers(Modifier.PRIVATE).build();
  }

  private ClassName messageOf(CallbackModel callback) {
    return message.nestedClass(callback.message().orElseThrow().wrapper());
  }

  private MethodSpec handling(String method, TypeName returns, CodeBlock body) {
    return overriding(method, returns, body).toBuilder()
        .addParameter(message, "message")
        .addParameter(state, "state")
        .addParameter(Generated.INVOCATION, "invocation")
        .addException(Exception.class)
        .build();
  }

  private MethodSpec querying(String method, CodeBlock body) {
    return overriding(method, ClassName.OBJECT, body).toBuilder()
        .addParameter(message, "message")
        .addParameter(
            ParameterizedTypeName.get(ClassName.get(Optional.class), state.box()), "state")
        .addParameter(Generated.QUERY_CONTEXT, "context")
        .addException(Exception.class)
        .build();
  }

  private MethodSpec constructor() {
    MethodSpec.Builder constructor = MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE);
    server.ifPresent(
        it ->
            constructor
                .addParameter(api.type(), "callbacks")
                .addStatement(
                    "super($S, $T.MESSAGES, $T.STATES)",
                    it.name(),
                    it.generated("Codec"),
                    it.generated("Codec"))
                .addStatement(
                    "this.callbacks = $T.requireNonNull(callbacks, $S)",
                    Objects.class,
                    "implementation"));
    return constructor.build();
  }

  private MethodSpec ofDefaults() {
    return MethodSpec.methodBuilder("of")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addJavadoc("Returns the server, with the callbacks of the interface.\n")
        .returns(name)
        .addStatement(
            server.isEmpty()
                ? Stubs.body(api)
                : CodeBlock.of("return new $T(new $T() {})", name, api.type()))
        .build();
  }

  private MethodSpec ofImplementation() {
    return MethodSpec.methodBuilder("of")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addJavadoc(
            "Returns the server, with the callbacks of an implementation, which many threads"
                + " use.\n")
        .addParameter(
            // The stub of an interface that cannot be named here accepts anything.
            api.isNameable() ? api.type() : ClassName.OBJECT, "implementation")
        .returns(name)
        .addStatement(
            server.isEmpty()
                ? Stubs.body(api)
                : CodeBlock.of("return new $T(implementation)", name))
        .build();
  }

  private static MethodSpec overriding(String method, TypeName returns, CodeBlock body) {
    return MethodSpec.methodBuilder(method)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(returns)
        .addCode("$L;\n", body)
        .build();
  }

  private static CodeBlock initBody(ServerModel it) {
    return CodeBlock.of(
        "return $T.state(callbacks.init($L), $S)",
        Generated.CALLBACKS,
        arguments(it.init()),
        described(it, it.init()));
  }

  private static CodeBlock wrapped(ServerModel it, CallbackModel callback) {
    CodeBlock call = CodeBlock.of("callbacks.$L($L)", callback.method(), arguments(callback));
    return switch (callback.returns()) {
      case STATE ->
          CodeBlock.of(
              "$T.noReply($T.state($L, $S))",
              Generated.RESULTS,
              Generated.CALLBACKS,
              call,
              described(it, callback));
      case RESULT ->
          CodeBlock.of("$T.result($L, $S)", Generated.CALLBACKS, call, described(it, callback));
      case REPLY -> CodeBlock.of("$T.reply($L, state)", Generated.RESULTS, call);
      case NOTHING -> throw new IllegalArgumentException(callback.method() + " returns nothing");
    };
  }

  private static CodeBlock arguments(CallbackModel callback) {
    return callback.parameters().stream()
        .map(parameter -> argument(callback, parameter))
        .collect(CodeBlock.joining(", "));
  }

  private static CodeBlock argument(CallbackModel callback, Parameter parameter) {
    Optional<MessageModel> message = callback.message();
    boolean isQuery = isOf(message, Kind.QUERY);
    return switch (parameter) {
      case MESSAGE ->
          CodeBlock.of(isOf(message, Kind.ANSWER) ? "it.message().asked()" : "it.message()");
      case STATE ->
          isQuery
              ? CodeBlock.of(
                  "$T.existing(state, $S, context)",
                  Generated.CALLBACKS,
                  message.orElseThrow().name())
              : CodeBlock.of("state");
      case OPTIONAL_STATE -> CodeBlock.of("state");
      case FROM -> CodeBlock.of("invocation.from()");
      case CONTEXT -> CodeBlock.of(message.isPresent() ? "invocation" : "context");
      case QUERY_CONTEXT -> CodeBlock.of("context");
      case ANSWER -> CodeBlock.of("it.message().answer()");
      case LOCKED_CONTEXT -> CodeBlock.of("invocation.locked()");
    };
  }

  private static boolean isOf(Optional<MessageModel> message, Kind kind) {
    return message.filter(it -> it.kind() == kind).isPresent();
  }

  /** Returns the name of a callback in exceptions: {@code Counter.handleCast(Increment, State)}. */
  private static String described(ServerModel it, CallbackModel callback) {
    return callback.parameters().stream()
        .map(parameter -> typeName(it, callback, parameter))
        .collect(
            Collectors.joining(", ", it.type().simpleName() + "." + callback.method() + "(", ")"));
  }

  private static String typeName(ServerModel it, CallbackModel callback, Parameter parameter) {
    return switch (parameter) {
      case MESSAGE -> callback.message().orElseThrow().simpleName();
      case STATE -> it.state().simpleName();
      case FROM -> "From";
      case CONTEXT -> Generated.CONTEXT.simpleName();
      case OPTIONAL_STATE -> "Optional<" + it.state().simpleName() + ">";
      case QUERY_CONTEXT -> Generated.QUERY_CONTEXT.simpleName();
      case ANSWER -> "Answer";
      case LOCKED_CONTEXT -> Generated.LOCKED_CONTEXT.simpleName();
    };
  }
}
