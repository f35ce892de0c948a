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
import java.time.Duration;
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

  private final ApiModel api;
  private final String serverName;
  private final ClassName name;
  private final ClassName message;
  private final TypeName entityType;

  private ClientWriter(ApiModel api, String serverName) {
    this.api = api;
    this.serverName = serverName;
    this.name = api.generated("Client");
    this.message = api.generated("Message");
    this.entityType = ParameterizedTypeName.get(Generated.ENTITY_REF, message);
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
    TypeSpec.Builder client =
        Generated.start(TypeSpec.classBuilder(name), api)
            .addModifiers(Modifier.FINAL)
            .addJavadoc(
                """
                Sends messages to one entity of {@link $T}. Immutable and thread-safe.

                <p>Messages that one thread sends to one entity arrive in the order in which they were
                sent.
                """,
                api.type())
            .addField(entityType, "entity", Modifier.PRIVATE, Modifier.FINAL)
            .addMethod(
                MethodSpec.constructorBuilder()
                    .addModifiers(Modifier.PRIVATE)
                    .addParameter(entityType, "entity")
                    .addStatement("this.entity = entity")
                    .build())
            .addMethod(of())
            .addMethod(id())
            .addMethod(withTimeout())
            .addMethod(withIdempotencyKey())
            .addMethod(queueLength());
    new ClientOperations(api, name, message).addTo(client);
    new FailureOperations(message).addTo(client);
    for (ApiMessage each : api.messages()) {
      if (!each.isCallable()) {
        continue;
      }
      client.addMethod(blocking(each));
      client.addMethod(async(each));
    }
    addRejected(client);
    new CastClientWriter(api, serverName).addTo(client);
    return client.addMethod(equalsMethod()).addMethod(hashCodeMethod()).addMethod(text()).build();
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

  private MethodSpec id() {
    return open(MethodSpec.methodBuilder("id"))
        .addJavadoc("The id of the entity.\n\n@return the id that the client was made with\n")
        .returns(String.class)
        .addStatement("return entity.id()")
        .build();
  }

  private MethodSpec withTimeout() {
    return open(MethodSpec.methodBuilder("withTimeout"))
        .addJavadoc(
            """
            The same client with another timeout.

            @param timeout how long to wait for an acknowledgement or a reply
            @return a client; this one stays as it is
            """)
        .addParameter(Duration.class, "timeout")
        .returns(name)
        .addStatement("return new $T(entity.withTimeout(timeout))", name)
        .build();
  }

  private MethodSpec withIdempotencyKey() {
    return open(MethodSpec.methodBuilder("withIdempotencyKey"))
        .addJavadoc(
            """
            The same client, whose messages count once for each key: what is sent again under a key that
            was carried out is not carried out again, and a call gets the reply that the first one got,
            as long as {@code DgenOptions.idempotencyRetention} says. One that failed may be sent again.
            Use a key for one message.

            @param key 1 to 512 bytes in UTF-8; unique within the entity
            @return a client; this one stays as it is
            @throws IllegalArgumentException if the key is empty or longer
            """)
        .addParameter(String.class, "key")
        .returns(name)
        .addStatement("return new $T(entity.withIdempotencyKey(key))", name)
        .build();
  }

  private MethodSpec queueLength() {
    return open(MethodSpec.methodBuilder("queueLength"))
        .addJavadoc(
            """
            How many messages wait in the entity's durable queue.

            @return the number of messages
            @throws $T if the store cannot be read
            """,
            Generated.DGEN_EXCEPTION)
        .returns(TypeName.LONG)
        .addStatement("return entity.queueLength()")
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
            "this.entity",
            verb(each),
            wrapped(api, each))
        .build();
  }

  private MethodSpec async(ApiMessage each) {
    MethodSpec.Builder method = open(MethodSpec.methodBuilder(each.method() + "Async"));
    method.addJavadoc(ClientDocs.async(each));
    returns(method, each, true);
    addParameters(method, each);
    return method
        .addStatement("return this.entity.$LAsync($L)", verb(each), wrapped(api, each))
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

  private static String verb(ApiMessage each) {
    return switch (each.kind()) {
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

  private MethodSpec equalsMethod() {
    return open(MethodSpec.methodBuilder("equals"))
        .addAnnotation(Override.class)
        .addParameter(Object.class, "other")
        .returns(TypeName.BOOLEAN)
        .addStatement("return other instanceof $T that && entity.equals(that.entity)", name)
        .build();
  }

  private MethodSpec hashCodeMethod() {
    return open(MethodSpec.methodBuilder("hashCode"))
        .addAnnotation(Override.class)
        .returns(TypeName.INT)
        .addStatement("return entity.hashCode()")
        .build();
  }

  private MethodSpec text() {
    return open(MethodSpec.methodBuilder("toString"))
        .addAnnotation(Override.class)
        .returns(String.class)
        .addStatement("return $S + entity.shownId() + $S", name.simpleName() + "[", "]")
        .build();
  }

  /** Public in a public client; in any other, the client's own visibility is what counts. */
  private static MethodSpec.Builder open(MethodSpec.Builder method) {
    return method.addModifiers(Modifier.PUBLIC);
  }
}
