package io.dgen.processor.write;

import com.squareup.javapoet.ArrayTypeName;
import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import io.dgen.processor.model.ApiModel;
import io.dgen.processor.model.ApiModel.ApiMessage;
import io.dgen.processor.model.ApiModel.Rejected;
import io.dgen.processor.model.MessageModel.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.lang.model.element.Modifier;

/**
 * Writes the nested classes of a client: {@code InTransaction}, whose casts are sent if a
 * transaction commits and whose queries run within it, and for casts alone {@code Delayed}, whose
 * casts run later, and {@code Batch}, whose casts are sent together.
 */
final class NestedClientsWriter {

  private final ApiModel api;
  private final String serverName;
  private final ClassName client;
  private final ClassName inTransaction;
  private final ClassName delayed;
  private final ClassName batch;
  private final ClassName message;

  NestedClientsWriter(ApiModel api, String serverName) {
    this.api = api;
    this.serverName = serverName;
    this.client = api.generated("Client");
    this.inTransaction = client.nestedClass("InTransaction");
    this.delayed = client.nestedClass("Delayed");
    this.batch = client.nestedClass("Batch");
    this.message = Generated.message(api);
  }

  /** Returns the superclass of a client that has casts. */
  TypeName superclass() {
    return ParameterizedTypeName.get(
        Generated.CAST_CLIENT, message, client, inTransaction, delayed, batch);
  }

  /** Adds the method and the classes to a client that has casts. */
  void addTo(TypeSpec.Builder type) {
    type.addMethod(inContext()).addType(inTransaction(true)).addType(delayed()).addType(batch());
  }

  /** Adds the methods and the class to a client that has queries and no casts. */
  void addQueriesTo(TypeSpec.Builder type) {
    type.addMethod(inContext())
        .addMethod(
            MethodSpec.methodBuilder("in")
                .addModifiers(Modifier.PUBLIC)
                .addJavadoc("Returns a client that reads as part of a transaction of your own.\n")
                .addParameter(Generated.TRANSACTION, "transaction")
                .returns(inTransaction)
                .addStatement("return new $T(this.ref.in(transaction))", inTransaction)
                .build())
        .addType(inTransaction(false));
  }

  private MethodSpec inContext() {
    MethodSpec.Builder in =
        MethodSpec.methodBuilder("in")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .addJavadoc("Returns a client for use inside a callback, as part of its transaction.\n")
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

  private TypeSpec inTransaction(boolean hasCasts) {
    TypeName ref = ParameterizedTypeName.get(Generated.TRANSACTION_REF, message);
    TypeSpec.Builder type = nested(inTransaction);
    if (hasCasts) {
      type.superclass(ParameterizedTypeName.get(Generated.TRANSACTION_CLIENT, message, delayed))
          .addJavadoc(
              api.has(Kind.QUERY)
                  ? "Sends casts, and runs queries, as part of a transaction.\n"
                  : "Sends casts as part of a transaction.\n")
          .addMethod(constructor(ref).addStatement("super(ref, $T::new)", delayed).build());
      addCasts(type, "this.ref.cast", TypeName.VOID, ClientDocs::inTransaction);
    } else {
      type.superclass(ParameterizedTypeName.get(Generated.CAST_SENDER, ref))
          .addJavadoc("Runs queries as part of a transaction.\n")
          .addMethod(constructor(ref).addStatement("super(ref)").build());
    }
    addQueries(type);
    return type.build();
  }

  private void addQueries(TypeSpec.Builder type) {
    for (ApiMessage each : api.messages()) {
      if (each.isCallable() && each.kind() == Kind.QUERY) {
        ClientWriter.addMethods(
            api,
            type,
            each,
            "return this.ref.query",
            ClientDocs.inSnapshot(each),
            () -> {
              MethodSpec.Builder method =
                  MethodSpec.methodBuilder(each.method()).addModifiers(Modifier.PUBLIC);
              ClientWriter.returns(method, each, false);
              return method;
            });
      }
    }
    ClientWriter.addRejected(api, type, it -> it.kind() == Kind.QUERY, List.of(false));
  }

  private TypeSpec delayed() {
    return castSender(
        delayed,
        "Sends delayed casts.\n",
        Generated.DELAYED_REF,
        type ->
            addCasts(type, "return this.ref.cast", Generated.DELAYED_MESSAGE, ClientDocs::delayed));
  }

  private TypeSpec batch() {
    return castSender(
        batch,
        "Collects casts that are sent together.\n",
        Generated.BATCH_REF,
        type -> addCasts(type, "this.ref.add", TypeName.VOID, ClientDocs::batch));
  }

  private TypeSpec castSender(
      ClassName name, String doc, ClassName ref, Consumer<TypeSpec.Builder> casts) {
    TypeName typed = ParameterizedTypeName.get(ref, message);
    TypeSpec.Builder type =
        nested(name)
            .addJavadoc(doc)
            .superclass(ParameterizedTypeName.get(Generated.CAST_SENDER, typed))
            .addMethod(constructor(typed).addStatement("super(ref)").build());
    casts.accept(type);
    return type.build();
  }

  private void addCasts(
      TypeSpec.Builder type, String send, TypeName returned, Function<ApiMessage, CodeBlock> docs) {
    for (ApiMessage each : api.messages()) {
      if (each.isCallable() && each.kind() == Kind.CAST) {
        ClientWriter.addMethods(
            api,
            type,
            each,
            send,
            docs.apply(each),
            () ->
                MethodSpec.methodBuilder(each.method())
                    .addModifiers(Modifier.PUBLIC)
                    .returns(returned));
      }
    }
    addRejected(type, returned);
  }

  /**
   * Adds methods for rejected messages, so that code that sends an invalid cast is not a second
   * error.
   */
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

  private static TypeSpec.Builder nested(ClassName name) {
    return TypeSpec.classBuilder(name)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL);
  }

  private static MethodSpec.Builder constructor(TypeName ref) {
    return MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).addParameter(ref, "ref");
  }
}
