package io.dgen.processor.write;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import com.squareup.javapoet.WildcardTypeName;
import io.dgen.processor.model.ApiModel;
import io.dgen.processor.model.MessageModel.Kind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.lang.model.element.Modifier;

/** Writes the methods of a client that are the same for every server. */
final class ClientOperations {

  private static final TypeName VOID_FUTURE =
      ParameterizedTypeName.get(ClassName.get(CompletableFuture.class), ClassName.get(Void.class));

  private final ApiModel api;
  private final ClassName client;
  private final ClassName message;

  ClientOperations(ApiModel api, ClassName client, ClassName message) {
    this.api = api;
    this.client = client;
    this.message = message;
  }

  void addTo(TypeSpec.Builder type) {
    type.addMethod(priority());
    if (api.messages().stream().anyMatch(it -> it.kind() == Kind.CAST)) {
      type.addMethod(castAll("castAll", TypeName.VOID));
      type.addMethod(castAll("castAllAsync", VOID_FUTURE));
    }
    type.addMethod(
        operation(
            "kill",
            TypeName.VOID,
            """
            Ends the entity: its state, queue, lock and dead letters go, and those who wait for its messages
            get a {@link io.dgen.EntityKilledException}. The next message makes a new entity.

            @throws io.dgen.DgenException if the store fails
            """));
    type.addMethod(
        operation(
            "killAsync",
            VOID_FUTURE,
            """
            As {@link #kill}, without waiting.

            @return completes when nothing is left of the entity
            """));
    type.addMethod(
        operation(
            "reset",
            TypeName.VOID,
            """
            Ends the entity as {@link #kill} does, and begins it anew: its {@code init} runs in the same
            transaction.

            @throws io.dgen.NotHostedException if the server is not hosted in this process
            @throws io.dgen.DgenException if {@code init} or the store fails; nothing is changed then
            """));
    type.addMethod(
        operation(
            "resetAsync",
            VOID_FUTURE,
            """
            As {@link #reset}, without waiting.

            @return completes when the first state is stored
            """));
    type.addMethod(
        operation(
            "breakLock",
            TypeName.BOOLEAN,
            """
            Takes the lock from whoever holds it. What its {@code handleLocked} comes to is dropped, and the
            message is tried again or dropped, as {@link io.dgen.DgenOptions#lockLost} says.

            @return whether the entity was locked
            @throws io.dgen.DgenException if the store fails
            """));
  }

  private MethodSpec priority() {
    return open("priority")
        .addJavadoc(
            """
            A client that goes past the queue: what it sends runs at once, in a transaction on this node,
            also while the entity is locked or paused. It is not durable before it has run, and needs the
            server hosted in this process.

            @return a client; this one stays as it is
            """)
        .returns(client)
        .addStatement("return new $T(entity.priority())", client)
        .build();
  }

  private MethodSpec castAll(String method, TypeName returns) {
    TypeName casts =
        ParameterizedTypeName.get(
            ClassName.get(List.class), WildcardTypeName.subtypeOf(message.nestedClass("Cast")));
    boolean isAsync = !returns.equals(TypeName.VOID);
    return open(method)
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
        .addStatement("$Lentity.$L(messages)", isAsync ? "return " : "", method)
        .build();
  }

  private static MethodSpec operation(String method, TypeName returns, String docs) {
    return open(method)
        .addJavadoc(docs)
        .returns(returns)
        .addStatement("$Lentity.$L()", returns.equals(TypeName.VOID) ? "" : "return ", method)
        .build();
  }

  private static MethodSpec.Builder open(String method) {
    return MethodSpec.methodBuilder(method).addModifiers(Modifier.PUBLIC);
  }
}
