package io.dgen.processor.write;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.FieldSpec;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeSpec;
import io.dgen.processor.model.ServerModel;
import javax.lang.model.element.Modifier;

/** Placeholder until the codec writer is merged: the constants, and nothing behind them. */
public final class CodecWriter {

  private CodecWriter() {}

  /**
   * Writes the file.
   *
   * @param server the server
   * @return the codec
   */
  public static JavaFile write(ServerModel server) {
    ClassName name = server.generated("Codec");
    TypeSpec.Builder type =
        TypeSpec.classBuilder(name)
            .addModifiers(Modifier.FINAL)
            .addAnnotation(
                com.squareup.javapoet.AnnotationSpec.builder(SuppressWarnings.class)
                    .addMember("value", "$S", "NullAway")
                    .build());
    if (server.isPublic()) {
      type.addModifiers(Modifier.PUBLIC);
    }
    return JavaFile.builder(
            name.packageName(),
            type.addField(
                    constant(
                        ParameterizedTypeName.get(
                            Generated.MESSAGE_CODEC, server.generated("Message")),
                        "MESSAGES"))
                .addField(
                    constant(
                        ParameterizedTypeName.get(Generated.STATE_CODEC, server.state()), "STATES"))
                .build())
        .indent("  ")
        .build();
  }

  private static FieldSpec constant(ParameterizedTypeName type, String name) {
    return FieldSpec.builder(type, name, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .initializer("null")
        .build();
  }
}
