package io.dgen.processor.write;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import javax.lang.model.element.Modifier;

/** Writes the methods of a client that deal with failures. */
final class FailureOperations {

  private final ClassName message;

  FailureOperations(ClassName message) {
    this.message = message;
  }

  void addTo(TypeSpec.Builder client) {
    client.addMethod(deadLetters()).addMethod(pause()).addMethod(resume());
  }

  private MethodSpec deadLetters() {
    return open("deadLetters")
        .addJavadoc(
            """
            The messages of the entity that failed so often that they were given up.

            @return lists, requeues and discards them; this reads nothing
            """)
        .returns(ParameterizedTypeName.get(Generated.DEAD_LETTERS, message))
        .addStatement("return entity.deadLetters()")
        .build();
  }

  private MethodSpec pause() {
    return open("pause")
        .addJavadoc(
            """
            Pauses the entity durably: until it is resumed, standard messages wait in its queue.
            Priority and info messages go on.

            @param reason why, for people; at most 1,000 characters
            @return false if it was paused already; then the older reason stays
            @throws $T if the store fails
            """,
            Generated.DGEN_EXCEPTION)
        .addParameter(String.class, "reason")
        .returns(TypeName.BOOLEAN)
        .addStatement("return entity.pause(reason)")
        .build();
  }

  private MethodSpec resume() {
    return open("resume")
        .addJavadoc(
            """
            Lets the entity go on, whoever paused it, and forgets the failures that its restart
            intensity counts.

            @return false if it was not paused
            @throws $T if the store fails
            """,
            Generated.DGEN_EXCEPTION)
        .returns(TypeName.BOOLEAN)
        .addStatement("return entity.resume()")
        .build();
  }

  private static MethodSpec.Builder open(String method) {
    return MethodSpec.methodBuilder(method).addModifiers(Modifier.PUBLIC);
  }
}
