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
import com.squareup.javapoet.WildcardTypeName;
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
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;

/** Writes the client: two methods for each message. */
public final class ClientWriter {

  private static final ClassName FUTURE = ClassName.get(CompletableFuture.class);
  private static final TypeName VOID_FUTURE =
      ParameterizedTypeName.get(FUTURE, ClassName.get(Void.class));

  private final ApiModel api;
  private final String serverName;
  private final ClassName name;
  private final ClassName message;

  private ClientWriter(ApiModel api, String serverName) {
    this.api = api;
    this.serverName = serverName;
    this.name = api.generated("Client");
    this.message = api.generated("Message");
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
    CastClientWriter casts = new CastClientWriter(api, serverName);
    boolean hasCasts =
        api.messages().stream().anyMatch(it -> it.kind() == Kind.CAST)
            || api.rejected().stream().anyMatch(it -> it.kind() == Kind.CAST);
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
                                "super(ref, $T::new, InTransaction::new, Delayed::new)", name)
                            : CodeBlock.of("super(ref, $T::new)", name))
                    .build())
            .addMethod(of());
    for (ApiMessage each : api.messages()) {
      if (each.isCallable()) {
        client.addMethod(blocking(each)).addMethod(async(each));
      }
    }
    if (api.messages().stream().anyMatch(it -> it.kind() == Kind.CAST)) {
      client.addMethod(castAll("castAll", TypeName.VOID));
      client.addMethod(castAll("castAllAsync", VOID_FUTURE));
    }
    addRejected(client);
    if (hasCasts) {
      casts.addTo(client);
    }
    return client.build();
  }

  private MethodSpec of() {
    MethodSpec.Builder of =
        open(MethodSpec.methodBuilder("of"))
            .addModifiers(Modifier.STATIC)
            .addJavadoc(
                """
                Makes a client of one entity. This reads and writes nothing: the entity comes into being
                with its first message.

                @param dgen the node to send from
                @param id the entity's id
                @return the client
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

  private MethodSpec blocking(ApiMessage each) {
    MethodSpec.Builder method = open(MethodSpec.methodBuilder(each.method()));
    method.addJavadoc(ClientDocs.blocking(each));
    returns(method, each, false);
    addParameters(method, each);
    return method
        .addStatement(
            "$L$L.$L($L)",
            each.kind() == Kind.CALL ? "return " : "",
            "this.ref",
            verb(each.kind()),
            wrapped(api, each))
        .build();
  }

  private MethodSpec async(ApiMessage each) {
    MethodSpec.Builder method = open(MethodSpec.methodBuilder(each.method() + "Async"));
    method.addJavadoc(ClientDocs.async(each));
    returns(method, each, true);
    addParameters(method, each);
    return method
        .addStatement("return this.ref.$LAsync($L)", verb(each.kind()), wrapped(api, each))
        .build();
  }

  /** Code that sends a message which is wrong in itself shall not be a second error. */
  private void addRejected(TypeSpec.Builder client) {
    Set<String> names = new HashSet<>();
    for (Rejected each : api.rejected()) {
      TypeVariableName reply = TypeVariableName.get("R");
      boolean isCall = each.kind() == Kind.CALL;
      for (boolean async : List.of(false, true)) {
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

  /** The verb by which a message of a kind is sent. */
  static String verb(Kind kind) {
    return switch (kind) {
      case CALL -> "call";
      case CAST -> "cast";
      case INFO -> "info";
    };
  }

  private static void returns(MethodSpec.Builder method, ApiMessage each, boolean async) {
    if (each.kind() != Kind.CALL) {
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

  /** A parameter for each component. */
  static void addParameters(MethodSpec.Builder method, ApiMessage each) {
    each.parameters().forEach(it -> method.addParameter(it.type(), it.name()));
    boolean isArray =
        !each.parameters().isEmpty() && each.parameters().getLast().type() instanceof ArrayTypeName;
    method.varargs(each.varargs() && isArray);
  }

  /** The message, made of the parameters. */
  static CodeBlock wrapped(ApiModel api, ApiMessage each) {
    return CodeBlock.of(
        "new $T(new $T($L))",
        api.generated("Message").nestedClass(each.record().simpleName()),
        each.record(),
        each.parameters().stream().map(ApiParameter::name).collect(Collectors.joining(", ")));
  }

  private MethodSpec castAll(String method, TypeName returns) {
    TypeName casts =
        ParameterizedTypeName.get(
            ClassName.get(List.class), WildcardTypeName.subtypeOf(message.nestedClass("Cast")));
    boolean isAsync = !returns.equals(TypeName.VOID);
    return open(MethodSpec.methodBuilder(method))
        .addJavadoc(
            """
            Sends casts that are enqueued all together or not at all$L.

            @param messages what to send, in order; at most 10,000
            $L io.dgen.MessageTooLargeException$L if they do not fit into one transaction
            """,
            isAsync ? "" : ", and waits until they are durable",
            isAsync ? "@return completes when they are durable, or with a {@link" : "@throws",
            isAsync ? "}" : "")
        .addParameter(casts, "messages")
        .returns(returns)
        .addStatement("$Lthis.ref.$L(messages)", isAsync ? "return " : "", method)
        .build();
  }

  /** Public in a public client; in any other, the client's own visibility is what counts. */
  private static MethodSpec.Builder open(MethodSpec.Builder method) {
    return method.addModifiers(Modifier.PUBLIC);
  }
}
