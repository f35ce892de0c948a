package io.dgen.processor.write;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeSpec;
import io.dgen.processor.model.ApiModel;
import io.dgen.processor.model.ApiModel.ApiMessage;
import io.dgen.processor.model.MessageModel.Kind;
import javax.lang.model.element.Modifier;

/** Writes the sealed interface over the messages, with one final class for each record. */
public final class MessageWriter {

  private final ApiModel api;
  private final ClassName name;

  private MessageWriter(ApiModel api) {
    this.api = api;
    this.name = api.generated("Message");
  }

  /**
   * Writes the file.
   *
   * @param api the server
   * @return {@code CounterMessage} for {@code Counter}
   */
  public static JavaFile write(ApiModel api) {
    MessageWriter writer = new MessageWriter(api);
    return Generated.file(writer.name, writer.root());
  }

  /** Returns the name of a kind's interface below the root. */
  static String kindName(Kind kind) {
    return switch (kind) {
      case CALL -> "Call";
      case CAST -> "Cast";
      case INFO -> "Info";
      case QUERY -> "Query";
    };
  }

  private TypeSpec root() {
    TypeSpec.Builder root =
        Generated.start(TypeSpec.interfaceBuilder(name), api)
            .addSuperinterface(Generated.SERVER_MESSAGE)
            .addJavadoc(
                "A message of {@link $T}. A switch over its classes, or its kinds, is"
                    + " exhaustive.\n",
                api.type());
    if (!api.messages().isEmpty()) {
      root.addModifiers(Modifier.SEALED);
    }
    for (Kind kind : Kind.values()) {
      if (api.messages().stream().anyMatch(message -> message.kind() == kind)) {
        root.addType(kind(kind));
      }
    }
    api.messages().forEach(message -> root.addType(wrapper(message)));
    return root.build();
  }

  /**
   * Returns the interface of a kind that has messages. A kind without any has no interface: a
   * sealed interface must permit something.
   */
  private TypeSpec kind(Kind kind) {
    return TypeSpec.interfaceBuilder(kindName(kind))
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.SEALED)
        .addSuperinterface(name)
        .addJavadoc(
            switch (kind) {
              case CALL -> "A message that has a reply.\n";
              case CAST -> "A message without a reply.\n";
              case INFO -> "A message that goes past the queue.\n";
              case QUERY -> "A message that only reads.\n";
            })
        .build();
  }

  private TypeSpec wrapper(ApiMessage message) {
    ClassName wrapper = name.nestedClass(message.record().simpleName());
    return TypeSpec.classBuilder(wrapper)
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .superclass(ParameterizedTypeName.get(Generated.MESSAGE_WRAPPER, message.record()))
        .addSuperinterface(name.nestedClass(kindName(message.kind())))
        .addJavadoc("A {@link $T}.\n", message.record())
        .addMethod(
            MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PUBLIC)
                .addParameter(message.record(), "message")
                .addStatement("super(message)")
                .build())
        .build();
  }
}
