package io.dgen.processor.write;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.JavaFile;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import io.dgen.processor.model.ApiModel;
import io.dgen.processor.model.ApiModel.ApiMessage;
import io.dgen.processor.model.ApiModel.Asked;
import io.dgen.processor.model.MessageModel.Kind;
import java.util.ArrayList;
import java.util.List;
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
      case ANSWER -> "Answer";
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
    List<TypeSpec> answers = answers();
    if (!api.messages().isEmpty() || !answers.isEmpty()) {
      root.addModifiers(Modifier.SEALED);
    }
    for (Kind kind : Kind.values()) {
      if (api.messages().stream().anyMatch(message -> message.kind() == kind)) {
        root.addType(kind(kind));
      }
    }
    if (!answers.isEmpty()) {
      root.addType(kind(Kind.ANSWER));
    }
    api.messages()
        .forEach(
            it ->
                root.addType(
                    wrapper(
                        it.record().simpleName(),
                        it.record(),
                        it.kind(),
                        CodeBlock.of("A {@link $T}.\n", it.record()))));
    answers.forEach(root::addType);
    return root.build();
  }

  /** Returns the wrappers of the answers to what is asked. */
  private List<TypeSpec> answers() {
    List<TypeSpec> wrappers = new ArrayList<>();
    for (Asked asked : api.asked()) {
      for (ApiMessage call : asked.api().messages()) {
        // Of a raw call, which has an error, it is not known.
        call.reply()
            .ifPresent(
                reply ->
                    wrappers.add(
                        wrapper(
                            asked.wrapper(call),
                            ParameterizedTypeName.get(Generated.ANSWERED, call.record(), reply),
                            Kind.ANSWER,
                            CodeBlock.of("The answer to a {@link $T}.\n", call.record()))));
      }
    }
    return wrappers;
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
              case ANSWER -> "The answer to what another entity was asked.\n";
            })
        .build();
  }

  private TypeSpec wrapper(String simpleName, TypeName wrapped, Kind kind, CodeBlock docs) {
    return TypeSpec.classBuilder(name.nestedClass(simpleName))
        .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
        .superclass(ParameterizedTypeName.get(Generated.MESSAGE_WRAPPER, wrapped))
        .addSuperinterface(name.nestedClass(kindName(kind)))
        .addJavadoc(docs)
        .addMethod(
            MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PUBLIC)
                .addParameter(wrapped, "message")
                .addStatement("super(message)")
                .build())
        .build();
  }
}
