package io.dgen.processor.write;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import com.squareup.javapoet.TypeVariableName;
import io.dgen.processor.model.ApiModel;
import io.dgen.processor.model.ApiModel.ApiMessage;
import io.dgen.processor.model.ApiModel.ApiParameter;
import io.dgen.processor.model.ApiModel.Rejected;
import io.dgen.processor.model.MessageModel.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/**
 * Writes the client: for each message, methods that wait and that do not, by components and by
 * record.
 */
public final class ClientWriter {

  private static final ClassName FUTURE = ClassName.get(CompletableFuture.class);

  private final ApiModel api;
  private final String serverName;
  private final ClassName name;
  private final ClassName message;

  private ClientWriter(ApiModel api, String serverName) {
    this.api = api;
    this.serverName = serverName;
    this.name = api.generated("Client");
    this.message = Generated.message(api);
  }

  /**
   * Writes the file.
   *
   * @param api the server
   * @param serverName the name under which its entities are stored
   * @return {@code CounterClient} for {@code Counter}
   */
  public static JavaFile write(ApiModel api, String serverName) {
    ClientWriter writer = new ClientWriter(api, serverName);
    return Generated.file(writer.name, writer.client());
  }

  private TypeSpec client() {
    NestedClientsWriter casts = new NestedClientsWriter(api, serverName);
    boolean hasCasts = api.has(Kind.CAST);
    TypeSpec.Builder client =
        Generated.start(TypeSpec.classBuilder(name), api)
            .addModifiers(Modifier.FINAL)
            .superclass(
                hasCasts
                    ? casts.superclass()
                    : ParameterizedTypeName.get(Generated.ENTITY_CLIENT, message, name))
            .addJavadoc("Sends messages to one entity of {@link $T}.\n", api.type())
            .addMethod(
                MethodSpec.constructorBuilder()
                    .addModifiers(Modifier.PRIVATE)
                    .addParameter(ParameterizedTypeName.get(Generated.ENTITY_REF, message), "ref")
                    .addStatement(
                        hasCasts
                            ? CodeBlock.of(
                                "super(ref, $T::new, InTransaction::new, Delayed::new, Batch::new)",
                                name)
                            : CodeBlock.of("super(ref, $T::new)", name))
                    .build())
            .addMethod(of());
    for (ApiMessage each : api.messages()) {
      if (each.isCallable()) {
        addBlocking(client, each);
        addAsync(client, each);
      }
    }
    addRejected(api, client, each -> true, List.of(false, true));
    if (hasCasts) {
      casts.addTo(client);
    } else if (api.has(Kind.QUERY)) {
      casts.addQueriesTo(client);
    }
    return client.build();
  }

  private MethodSpec of() {
    MethodSpec.Builder of =
        open(MethodSpec.methodBuilder("of"))
            .addModifiers(Modifier.STATIC)
            .addJavadoc(
                """
                Returns a client of one entity; the entity is created by its first message.
                """)
            .addParameter(Generated.DGEN, "dgen")
            .addParameter(String.class, "id")
            .returns(name);
    if (!api.isComplete()) {
      return of.addStatement(Stubs.body(api)).build();
    }
    return of.addStatement(
            "return new $T($T.of(dgen, $S, id, $T.MESSAGES))",
            name,
            Generated.ENTITY_REF,
            serverName,
            api.generated("Codec"))
        .build();
  }

  private void addBlocking(TypeSpec.Builder client, ApiMessage each) {
    addMethods(
        api,
        client,
        each,
        (each.kind().hasReply() ? "return this.ref." : "this.ref.") + verb(each.kind()),
        ClientDocs.blocking(each),
        () -> {
          MethodSpec.Builder method = open(MethodSpec.methodBuilder(each.method()));
          returns(method, each, false);
          return method;
        });
  }

  private void addAsync(TypeSpec.Builder client, ApiMessage each) {
    addMethods(
        api,
        client,
        each,
        "return this.ref." + verb(each.kind()) + "Async",
        ClientDocs.async(each),
        () -> {
          MethodSpec.Builder method = open(MethodSpec.methodBuilder(each.method() + "Async"));
          returns(method, each, true);
          return method;
        });
  }

  /**
   * Adds a method that takes the components, and one that takes the record and does the work. A
   * record without components gets only the first: with both, a method reference would be
   * ambiguous. A record whose only component is a record of the same type gets only the second,
   * since the two would be the same.
   */
  static void addMethods(
      ApiModel api,
      TypeSpec.Builder type,
      ApiMessage each,
      String send,
      CodeBlock docs,
      Supplier<MethodSpec.Builder> start) {
    ClassName wrapper = Generated.message(api).nestedClass(each.record().simpleName());
    List<ApiParameter> parameters = each.parameters();
    if (parameters.isEmpty()) {
      type.addMethod(
          start
              .get()
              .addJavadoc(docs)
              .addStatement(
                  api.ownsMessage()
                      ? CodeBlock.of("$L(new $T(new $T()))", send, wrapper, each.record())
                      : Stubs.body(api))
              .build());
      return;
    }
    if (parameters.size() > 1 || !parameters.getFirst().type().equals(each.record())) {
      MethodSpec.Builder method = start.get().addJavadoc(docs);
      addParameters(method, each);
      type.addMethod(
          method
              .addStatement(
                  "$L$N(new $T($L))",
                  send.startsWith("return") ? "return " : "",
                  method.build(),
                  each.record(),
                  parameters.stream().map(ApiParameter::name).collect(Collectors.joining(", ")))
              .build());
    }
    type.addMethod(
        start
            .get()
            .addParameter(each.record(), "message")
            .addStatement(
                api.ownsMessage()
                    ? CodeBlock.of("$L(new $T(message))", send, wrapper)
                    : Stubs.body(api))
            .build());
  }

  /**
   * Adds methods for rejected messages, so that code that sends an invalid message is not a second
   * error.
   */
  static void addRejected(
      ApiModel api, TypeSpec.Builder client, Predicate<Rejected> which, List<Boolean> forms) {
    Set<String> names = new HashSet<>();
    for (Rejected each : api.rejected().stream().filter(which).toList()) {
      TypeVariableName reply = TypeVariableName.get("R");
      boolean isCall = each.kind().hasReply();
      for (boolean async : forms) {
        String method = async ? each.method() + "Async" : each.method();
        if (names.add(method)) {
          TypeName now = isCall ? reply : TypeName.VOID;
          TypeName later =
              ParameterizedTypeName.get(FUTURE, isCall ? reply : ClassName.get(Void.class));
          client.addMethod(
              open(MethodSpec.methodBuilder(method))
                  .addTypeVariables(isCall ? List.of(reply) : List.of())
                  .addParameter(ArrayTypeName.of(Object.class), "arguments")
                  .varargs()
                  .returns(async ? later : now)
                  .addStatement(Stubs.body(api))
                  .build());
        }
      }
    }
  }

  /** Returns the verb by which a message of a kind is sent. */
  static String verb(Kind kind) {
    return switch (kind) {
      case CALL -> "call";
      case CAST -> "cast";
      case INFO -> "info";
      case QUERY -> "query";
      case ANSWER -> "answer";
    };
  }

  /** Sets what a method returns: the reply, if there is one. */
  static void returns(MethodSpec.Builder method, ApiMessage each, boolean async) {
    if (!each.kind().hasReply()) {
      method.returns(
          async ? ParameterizedTypeName.get(FUTURE, ClassName.get(Void.class)) : TypeName.VOID);
      return;
    }
    // The reply of a raw call is not known: a type variable fits wherever the stub is used.
    Optional<TypeName> known = each.reply();
    TypeName reply = known.isPresent() ? known.get() : TypeVariableName.get("R");
    if (reply instanceof TypeVariableName variable) {
      method.addTypeVariable(variable);
    }
    method.returns(async ? ParameterizedTypeName.get(FUTURE, reply) : reply);
  }

  /** Adds a parameter for each component. */
  static void addParameters(MethodSpec.Builder method, ApiMessage each) {
    each.parameters().forEach(it -> method.addParameter(it.type(), it.name()));
    boolean isArray =
        !each.parameters().isEmpty() && each.parameters().getLast().type() instanceof ArrayTypeName;
    method.varargs(each.varargs() && isArray);
  }

  /**
   * Makes a method public in a public client; in any other, the client's own visibility decides.
   */
  private static MethodSpec.Builder open(MethodSpec.Builder method) {
    return method.addModifiers(Modifier.PUBLIC);
  }
}
