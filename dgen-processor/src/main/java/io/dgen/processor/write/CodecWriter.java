package io.dgen.processor.write;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import io.dgen.processor.model.ApiModel;
import io.dgen.processor.model.RecordModel;
import io.dgen.processor.model.ServerModel;
import io.dgen.processor.model.StepModel;
import javax.lang.model.element.Modifier;

/** Writes the class with the codecs of messages and state. */
public final class CodecWriter {

  private static final ClassName TERM_CODEC = ClassName.get("io.dgen.codec", "TermCodec");
  private static final ClassName ASSIGNS_CODEC =
      ClassName.get(Generated.CODECS, "ComponentwiseCodec");

  private static final ClassName SCHEMA_VERSION = ClassName.get("io.dgen.codec", "SchemaVersion");

  private CodecWriter() {}

  /**
   * Writes the file.
   *
   * @param api the server, as its users see it
   * @param server the server
   * @param version the schema version to store
   * @return {@code CounterCodec} for {@code Counter}
   */
  public static JavaFile write(ApiModel api, ServerModel server, int version) {
    CodecPlan plan = new CodecPlan(server);
    ClassName name = server.generated("Codec");
    TypeSpec.Builder type =
        Generated.start(TypeSpec.classBuilder(name), api)
            .addModifiers(Modifier.FINAL)
            .addJavadoc(
                "Writes and reads the messages and the state of {@link $T}. Thread-safe.\n",
                server.type());
    type.addField(
        FieldSpec.builder(
                SCHEMA_VERSION, "SCHEMA", Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
            .initializer("new $T($L)", SCHEMA_VERSION, version)
            .build());
    plan.empty()
        .forEach(
            (record, constant) ->
                type.addField(
                    FieldSpec.builder(
                            ParameterizedTypeName.get(TERM_CODEC, record),
                            constant,
                            Modifier.PRIVATE,
                            Modifier.STATIC,
                            Modifier.FINAL)
                        .initializer(
                            "new $T<>($S, $T::new)",
                            Generated.EMPTY_RECORD_CODEC,
                            CodecPlan.rawType(record).simpleName(),
                            record)
                        .build()));
    plan.constants()
        .forEach(
            (shape, constant) ->
                type.addField(
                    FieldSpec.builder(
                            ParameterizedTypeName.get(TERM_CODEC, boxed(shape.type())),
                            constant,
                            Modifier.PRIVATE,
                            Modifier.STATIC,
                            Modifier.FINAL)
                        .initializer(plan.make(shape))
                        .build()));
    plan.parts()
        .forEach(
            (shape, constant) ->
                type.addField(
                    FieldSpec.builder(
                            ParameterizedTypeName.get(ASSIGNS_CODEC, shape.type()),
                            constant,
                            Modifier.PRIVATE,
                            Modifier.STATIC,
                            Modifier.FINAL)
                        .initializer(plan.makeParts(shape))
                        .build()));
    // Uses the constants before, which must be initialised first.
    type.addField(
        FieldSpec.builder(
                ParameterizedTypeName.get(Generated.MESSAGE_CODEC, server.generated("Message")),
                "MESSAGES",
                Modifier.PUBLIC,
                Modifier.STATIC,
                Modifier.FINAL)
            .addJavadoc("The codec of the messages and replies.\n")
            .initializer(new MessageCodecWriter(plan, server).write(type))
            .build());
    type.addField(
        FieldSpec.builder(
                ParameterizedTypeName.get(Generated.STATE_CODEC, server.state()),
                "STATES",
                Modifier.PUBLIC,
                Modifier.STATIC,
                Modifier.FINAL)
            .addJavadoc("The codec of the state.\n")
            .initializer(
                "$T.of($S, $L, SCHEMA)",
                Generated.STATE_CODEC,
                String.join(".", server.state().simpleNames()),
                plan.recordCodec(server.state()))
            .build());
    if (!server.steps().isEmpty()) {
      type.addField(
          FieldSpec.builder(
                  Generated.STEP_FORMS, "STEPS", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
              .addJavadoc("The steps, and the codecs of their results.\n")
              .initializer(steps(plan, server))
              .build());
    }
    type.addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
    for (RecordModel record : plan.records()) {
      type.addType(new RecordCodecWriter(plan, record, name).write());
    }
    return Generated.file(name, type.build());
  }

  /**
   * Writes a file for a server that has errors: what another server that asks it refers to.
   *
   * @param api what is known of the server
   * @return {@code CounterCodec} for {@code Counter}
   */
  public static JavaFile writeStub(ApiModel api) {
    ClassName name = api.generated("Codec");
    TypeName messages = ParameterizedTypeName.get(Generated.MESSAGE_CODEC, Generated.message(api));
    return Generated.file(
        name,
        Generated.start(TypeSpec.classBuilder(name), api)
            .addModifiers(Modifier.FINAL)
            .addJavadoc("Stands for the codec of {@link $T}.\n", api.type())
            .addField(
                FieldSpec.builder(
                        messages, "MESSAGES", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                    .addJavadoc("The codec of the messages and replies.\n")
                    .initializer("messages()")
                    .build())
            .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build())
            .addMethod(
                MethodSpec.methodBuilder("messages")
                    .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
                    .returns(messages)
                    .addStatement(Stubs.body(api))
                    .build())
            .build());
  }

  private static CodeBlock steps(CodecPlan plan, ServerModel server) {
    CodeBlock.Builder table =
        CodeBlock.builder().add("$T.of($S)$>$>", Generated.STEP_FORMS, server.name());
    for (StepModel step : server.steps()) {
      table.add(
          "\n.step($S, $L$L)",
          step.name(),
          plan.codec(step.result()),
          step.formerNames().stream()
              .map(it -> CodeBlock.of(", $S", it))
              .collect(CodeBlock.joining("")));
    }
    return table.add("$<$<").build();
  }

  private static TypeName boxed(TypeName type) {
    return type.isPrimitive() ? type.box() : type;
  }
}
