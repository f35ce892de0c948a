package io.dgen.processor.write;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import com.squareup.javapoet.TypeVariableName;
import io.dgen.processor.model.ApiModel;
import io.dgen.processor.model.ApiModel.ApiStep;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the class that runs the steps of a server: four methods for each. */
public final class StepsWriter {

  private static final TypeVariableName THROWN = TypeVariableName.get("Thrown", Exception.class);

  private final ApiModel api;
  private final ClassName name;

  private StepsWriter(ApiModel api) {
    this.api = api;
    this.name = api.generated("Steps");
  }

  /**
   * Writes the file.
   *
   * @param api the server, which has steps
   * @return {@code AccountSteps} for {@code Account}
   */
  public static JavaFile write(ApiModel api) {
    StepsWriter writer = new StepsWriter(api);
    return Generated.file(writer.name, writer.type());
  }

  private TypeSpec type() {
    TypeSpec.Builder type =
        Generated.start(TypeSpec.classBuilder(name), api)
            .addModifiers(Modifier.FINAL)
            .addJavadoc(
                "Runs the steps of {@link $T} within handleLocked, each once.\n", api.type());
    if (api.isComplete()) {
      type.superclass(ParameterizedTypeName.get(Generated.STEPS_CLIENT, name))
          .addMethod(
              MethodSpec.constructorBuilder()
                  .addModifiers(Modifier.PRIVATE)
                  .addParameter(Generated.LOCKED_CONTEXT, "context")
                  .addParameter(Generated.STEP_RETRY, "retry")
                  .addStatement("super(context, $T.STEPS, retry)", api.generated("Codec"))
                  .build());
    }
    type.addMethod(in());
    type.addMethod(
        api.isComplete()
            ? MethodSpec.methodBuilder("with")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .addParameter(Generated.LOCKED_CONTEXT, "context")
                .addParameter(Generated.STEP_RETRY, "policy")
                .returns(name)
                .addStatement("return new $T(context, policy)", name)
                .build()
            : MethodSpec.methodBuilder("retrying")
                .addModifiers(Modifier.PUBLIC)
                .addParameter(Generated.STEP_RETRY, "policy")
                .returns(name)
                .addStatement(Stubs.body(api))
                .build());
    for (ApiStep step : api.steps()) {
      for (boolean hasKey : List.of(false, true)) {
        for (boolean takesContext : List.of(false, true)) {
          type.addMethod(method(step, hasKey, takesContext));
        }
      }
    }
    return type.build();
  }

  private MethodSpec in() {
    return MethodSpec.methodBuilder("in")
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
        .addJavadoc("Returns the steps for a run of handleLocked.\n")
        .addParameter(Generated.LOCKED_CONTEXT, "context")
        .returns(name)
        .addStatement(
            api.isComplete()
                ? CodeBlock.of("return new $T(context, $T.ONCE)", name, Generated.STEP_RETRY)
                : Stubs.body(api))
        .build();
  }

  private MethodSpec method(ApiStep step, boolean hasKey, boolean takesContext) {
    boolean isAction = step.result().filter(it -> it.equals(ClassName.get(Void.class))).isPresent();
    TypeName result = step.result().orElse(TypeVariableName.get("R"));
    ClassName body =
        Generated.STEP.nestedClass(
            (takesContext ? "Context" : "") + (isAction ? "Action" : "Body"));
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(step.method())
            .addModifiers(Modifier.PUBLIC)
            .addJavadoc(
                hasKey
                    ? "Runs {@link $T} once for the key, and returns its recorded result.\n"
                    : "Runs {@link $T} once, and returns its recorded result.\n",
                step.record());
    if (step.result().isEmpty()) {
      method.addTypeVariable(TypeVariableName.get("R"));
    }
    method.addTypeVariable(THROWN);
    if (hasKey) {
      method.addParameter(String.class, "key");
    }
    method
        .addParameter(
            isAction
                ? ParameterizedTypeName.get(body, TypeVariableName.get("Thrown"))
                : ParameterizedTypeName.get(body, result.box(), TypeVariableName.get("Thrown")),
            "body")
        .addException(TypeVariableName.get("Thrown"));
    if (!isAction) {
      method.returns(result);
    }
    if (!api.isComplete()) {
      return method.addStatement(Stubs.body(api)).build();
    }
    CodeBlock lambda =
        isAction
            ? CodeBlock.of(
                takesContext ? "$T.action(body)" : "$T.action(step -> body.run())",
                Generated.STEP_FORMS)
            : CodeBlock.of(takesContext ? "body" : "step -> body.run()");
    return method
        .addStatement(
            "$L($S, $L, $L)",
            isAction ? "this.step" : "return this.step",
            step.record().simpleName(),
            hasKey
                ? CodeBlock.of(
                    "$T.requireNonNull(key, $S)", ClassName.get("java.util", "Objects"), "key")
                : CodeBlock.of("null"),
            lambda)
        .build();
  }
}
