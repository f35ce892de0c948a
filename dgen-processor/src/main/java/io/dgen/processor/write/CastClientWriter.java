package io.dgen.processor.write;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import io.dgen.processor.model.ApiModel;
import io.dgen.processor.model.ApiModel.ApiMessage;
import io.dgen.processor.model.ApiModel.Rejected;
import io.dgen.processor.model.MessageModel.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import javax.lang.model.element.Modifier;

/**
 * Writes the parts of a client that take casts alone: {@code InTransaction}, whose casts are sent
 * if a transaction commits, and {@code Delayed}, whose casts are carried out later.
 */
final class CastClientWriter {

  private final ApiModel api;
  private final String serverName;
  private final ClassName client;
  private final ClassName inTransaction;
  private final ClassName delayed;
  private final TypeName transactionRef;
  private final TypeName delayedRef;

  CastClientWriter(ApiModel api, String serverName) {
    this.api = api;
    this.serverName = serverName;
    this.client = api.generated("Client");
    this.inTransaction = client.nestedClass("InTransaction");
    this.delayed = client.nestedClass("Delayed");
    ClassName message = api.generated("Message");
    this.transactionRef = ParameterizedTypeName.get(Generated.TRANSACTION_REF, message);
    this.delayedRef = ParameterizedTypeName.get(Generated.DELAYED_REF, message);
  }

  /** Adds the methods that lead to the nested classes, and the classes. */
  void addTo(TypeSpec.Builder type) {
    type.addMethod(inContext())
        .addMethod(in())
        .addMethod(after())
        .addMethod(at())
        .addType(inTransaction())
        .addType(delayed());
  }

  private MethodSpec inContext() {
    MethodSpec.Builder in =
        MethodSpec.methodBuilder("in")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .addJavadoc(
                """
                Sends from inside a callback: what is sent is part of the callback's transaction. If that
                commits, each message is carried out exactly once; if the callback throws, none is.

                @param context what the callback got
                @param id the entity's id
                @return a client for casts, valid until the callback returns
                @throws IllegalStateException if the callback has no transaction
                """)
            .addParameter(Generated.CONTEXT, "context")
            .addParameter(String.class, "id")
            .returns(inTransaction);
    if (!api.isComplete()) {
      return in.addStatement(Stubs.body(api)).build();
    }
    return in.addStatement(
            "return new $T($T.of(context, $S, id, $T.MESSAGES))",
            inTransaction,
            Generated.TRANSACTION_REF,
            serverName,
            api.generated("Codec"))
        .build();
  }

  private MethodSpec in() {
    return MethodSpec.methodBuilder("in")
        .addModifiers(Modifier.PUBLIC)
        .addJavadoc(
            """
            Sends as part of a transaction of your own: what is sent is carried out if you commit it. A
            body that is repeated after a commit of unknown result sends again; with {@link
            #withIdempotencyKey} the message counts once all the same.

            @param transaction an open transaction of the store that the node was opened with
            @return a client for casts, valid as long as the transaction
            """)
        .addParameter(Generated.TRANSACTION, "transaction")
        .returns(inTransaction)
        .addStatement("return new $T(entity.in(transaction))", inTransaction)
        .build();
  }

  private MethodSpec after() {
    return MethodSpec.methodBuilder("after")
        .addModifiers(Modifier.PUBLIC)
        .addJavadoc(
            """
            Sends casts that are carried out later: durably, once, and not before the time.

            @param delay how long after it is sent each is carried out; zero or less means at once
            @return a client for casts
            """)
        .addParameter(Duration.class, "delay")
        .returns(delayed)
        .addStatement("return new $T(entity.after(delay))", delayed)
        .build();
  }

  private MethodSpec at() {
    return MethodSpec.methodBuilder("at")
        .addModifiers(Modifier.PUBLIC)
        .addJavadoc(
            """
            Sends casts that are carried out later: durably, once, and not before the time, by the clock
            of the node that carries them out.

            @param time when; a time that has passed means at once
            @return a client for casts
            """)
        .addParameter(Instant.class, "time")
        .returns(delayed)
        .addStatement("return new $T(entity.at(time))", delayed)
        .build();
  }

  private TypeSpec inTransaction() {
    TypeSpec.Builder type =
        nested(inTransaction, transactionRef)
            .addJavadoc(
                """
                Sends casts as part of a transaction. They arrive in the order in which they were sent. Not
                thread-safe.
                """);
    type.addMethod(after());
    type.addMethod(at());
    for (ApiMessage each : api.messages()) {
      if (isCast(each)) {
        MethodSpec.Builder cast =
            MethodSpec.methodBuilder(each.method())
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc(ClientDocs.inTransaction(each));
        ClientWriter.addParameters(cast, each);
        type.addMethod(
            cast.addStatement("this.entity.cast($L)", ClientWriter.wrapped(api, each)).build());
      }
    }
    addRejected(type, TypeName.VOID);
    return type.build();
  }

  private TypeSpec delayed() {
    TypeSpec.Builder type =
        nested(delayed, delayedRef)
            .addJavadoc(
                """
                Sends casts that are carried out later. As thread-safe as what it was made from: a client,
                or a transaction.
                """);
    for (ApiMessage each : api.messages()) {
      if (isCast(each)) {
        MethodSpec.Builder cast =
            MethodSpec.methodBuilder(each.method())
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc(ClientDocs.delayed(each))
                .returns(Generated.SCHEDULED);
        ClientWriter.addParameters(cast, each);
        type.addMethod(
            cast.addStatement("return this.entity.cast($L)", ClientWriter.wrapped(api, each))
                .build());
      }
    }
    addRejected(type, Generated.SCHEDULED);
    return type.build();
  }

  /** Code that sends a cast which is wrong in itself shall not be a second error. */
  private void addRejected(TypeSpec.Builder type, TypeName returned) {
    Set<String> names = new HashSet<>();
    for (Rejected each : api.rejected()) {
      if (each.kind() == Kind.CAST && names.add(each.method())) {
        type.addMethod(
            MethodSpec.methodBuilder(each.method())
                .addModifiers(Modifier.PUBLIC)
                .addParameter(ArrayTypeName.of(Object.class), "arguments")
                .varargs()
                .returns(returned)
                .addStatement(Stubs.body(api))
                .build());
      }
    }
  }

  private static boolean isCast(ApiMessage each) {
    return each.isCallable() && each.kind() == Kind.CAST;
  }

  private static TypeSpec.Builder nested(ClassName name, TypeName entity) {
    return TypeSpec.classBuilder(name)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .addField(entity, "entity", Modifier.PRIVATE, Modifier.FINAL)
        .addMethod(
            MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(entity, "entity")
                .addStatement("this.entity = entity")
                .build());
  }
}
