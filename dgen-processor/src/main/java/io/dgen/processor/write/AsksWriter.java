package io.dgen.processor.write;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import io.dgen.processor.model.ApiModel;
import io.dgen.processor.model.ApiModel.ApiMessage;
import io.dgen.processor.model.ApiModel.Asked;
import io.dgen.processor.model.GeneratedNames;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * Writes the class by which the callbacks of a server ask others: a method for each server that is
 * asked, and a class with a method for each call.
 */
public final class AsksWriter {

  private final ApiModel api;
  private final String serverName;
  private final ClassName name;

  private AsksWriter(ApiModel api, String serverName) {
    this.api = api;
    this.serverName = serverName;
    this.name = api.generated(GeneratedNames.ASKS);
  }

  /**
   * Writes the file.
   *
   * @param api the server
   * @param serverName the name under which its entities are stored
   * @return {@code OrderAsks} for {@code Order}
   */
  public static JavaFile write(ApiModel api, String serverName) {
    AsksWriter writer = new AsksWriter(api, serverName);
    return Generated.file(writer.name, writer.asks());
  }

  private TypeSpec asks() {
    TypeName asking = ParameterizedTypeName.get(Generated.ASKING, Generated.message(api));
    TypeSpec.Builder type =
        Generated.start(TypeSpec.classBuilder(name), api)
            .addModifiers(Modifier.FINAL)
            .addJavadoc(
                "Asks other entities, as part of a callback's transaction. {@link $T} gets each"
                    + " answer in {@code\nhandleAnswer}.\n",
                api.type())
            .addField(asking, "asking", Modifier.PRIVATE, Modifier.FINAL)
            .addMethod(
                MethodSpec.constructorBuilder()
                    .addModifiers(Modifier.PRIVATE)
                    .addParameter(asking, "asking")
                    .addStatement("this.asking = asking")
                    .build())
            .addMethod(in());
    api.asked().forEach(it -> type.addMethod(to(it)));
    api.asked().forEach(it -> type.addType(sender(it)));
    return type.build();
  }

  private MethodSpec in() {
    MethodSpec.Builder in =
        MethodSpec.methodBuilder("in")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
            .addJavadoc("Returns what asks within a callback's transaction.\n")
            .addParameter(Generated.CONTEXT, "context")
            .returns(name);
    if (!api.isComplete()) {
      return in.addStatement(Stubs.body(api)).build();
    }
    return in.addStatement(
            "return new $T($T.in(context, $S, $T.MESSAGES))",
            name,
            Generated.ASKING,
            serverName,
            api.generated("Codec"))
        .build();
  }

  private ClassName sender(ApiModel asked) {
    return name.nestedClass("To" + asked.type().simpleName());
  }

  private MethodSpec to(Asked asked) {
    ClassName sender = sender(asked.api());
    MethodSpec.Builder to =
        MethodSpec.methodBuilder(asked.method())
            .addModifiers(Modifier.PUBLIC)
            .addJavadoc("Returns what asks an entity of {@link $T}.\n", asked.api().type())
            .addParameter(String.class, "id")
            .returns(sender);
    if (!api.isComplete()) {
      return to.addStatement(Stubs.body(api)).build();
    }
    return to.addStatement(
            "return new $T(asking.to($S, id, $T.MESSAGES))",
            sender,
            asked.name(),
            asked.api().generated("Codec"))
        .build();
  }

  private TypeSpec sender(Asked asked) {
    ClassName sender = sender(asked.api());
    ClassName message = Generated.message(asked.api());
    TypeSpec.Builder type =
        TypeSpec.classBuilder(sender)
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
            .superclass(ParameterizedTypeName.get(Generated.ASK_SENDER, message, sender))
            .addJavadoc("Asks an entity of {@link $T}.\n", asked.api().type())
            .addMethod(
                MethodSpec.constructorBuilder()
                    .addModifiers(Modifier.PRIVATE)
                    .addParameter(ParameterizedTypeName.get(Generated.ASK_REF, message), "ref")
                    .addStatement("super(ref, $T::new)", sender)
                    .build());
    for (ApiMessage call : asked.api().messages()) {
      ClientWriter.addMethods(
          asked.api(),
          type,
          call,
          "this.ref.ask",
          ClientDocs.asking(call),
          () ->
              MethodSpec.methodBuilder(call.method())
                  .addModifiers(Modifier.PUBLIC)
                  .returns(TypeName.VOID));
    }
    ClientWriter.addRejected(asked.api(), type, each -> true, List.of(false));
    return type.build();
  }
}
