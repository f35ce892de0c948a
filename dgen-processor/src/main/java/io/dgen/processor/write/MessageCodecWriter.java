package io.dgen.processor.write;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import io.dgen.processor.model.MessageModel;
import io.dgen.processor.model.ServerModel;
import io.dgen.processor.model.Shape;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Writes the class that names, writes, reads and freezes the messages of a server. */
final class MessageCodecWriter {

  static final String NAME = "Messages";

  private static final ClassName MESSAGE_KIND = ClassName.get("io.dgen.spi", "MessageKind");
  private static final ClassName TERM_CODEC = ClassName.get("io.dgen.codec", "TermCodec");
  private static final ClassName TERM_WRITER = ClassName.get("io.dgen.codec", "TermWriter");
  private static final ClassName TERM_READER = ClassName.get("io.dgen.codec", "TermReader");

  private static final ClassName VERSIONED_MESSAGES =
      ClassName.get("io.dgen.codec", "VersionedMessages");

  private final CodecPlan plan;
  private final ServerModel server;
  private final ClassName root;

  MessageCodecWriter(CodecPlan plan, ServerModel server) {
    this.plan = plan;
    this.server = server;
    this.root = server.generated("Message");
  }

  TypeSpec write() {
    return TypeSpec.classBuilder(NAME)
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .addSuperinterface(ParameterizedTypeName.get(Generated.MESSAGE_CODEC, root))
        .addMethod(name())
        .addMethod(kind())
        .addMethod(writeMessage())
        .addMethod(read())
        .addMethod(freeze())
        .addMethod(replyCodec())
        .build();
  }

  private MethodSpec name() {
    return overriding("name", ClassName.get(String.class))
        .addParameter(root, "message")
        .addCode(returnSwitch(message -> CodeBlock.of("$S", message.name())))
        .build();
  }

  private MethodSpec kind() {
    return overriding("kind", MESSAGE_KIND)
        .addParameter(root, "message")
        .addCode(returnSwitch(message -> CodeBlock.of("$T.$L", MESSAGE_KIND, message.kind())))
        .build();
  }

  private MethodSpec writeMessage() {
    MethodSpec.Builder method =
        overriding("write", TypeName.VOID)
            .addParameter(root, "message")
            .addParameter(TERM_WRITER, "out");
    if (server.messages().isEmpty()) {
      return method.addCode(noMessage()).build();
    }
    method.addStatement("$T.start(out, SCHEMA)", VERSIONED_MESSAGES);
    method.beginControlFlow("switch (message)");
    for (MessageModel message : server.messages()) {
      method.addStatement(
          "case $T m -> $L.INSTANCE.write(out, m.message())",
          wrapper(message),
          plan.recordClass(message.record()));
    }
    return method.endControlFlow().addStatement("out.endList()").build();
  }

  private MethodSpec read() {
    MethodSpec.Builder method =
        overriding("read", root).addParameter(String.class, "name").addParameter(TERM_READER, "in");
    CodeBlock unknown =
        CodeBlock.of(
            "throw in.fail($S + name + $S)",
            "no message record named ",
            " in server " + server.name() + "; is this node older than the sender?");
    if (server.messages().isEmpty()) {
      return method.addStatement(unknown).build();
    }
    method.addCode(
        "return $T.read(in, name, SCHEMA, () -> switch (name) {\n$>", VERSIONED_MESSAGES);
    for (MessageModel message : server.messages()) {
      method.addStatement(
          "case $L -> new $T($L.INSTANCE.read(in))",
          Stream.concat(Stream.of(message.name()), message.formerNames().stream())
              .map(it -> CodeBlock.of("$S", it))
              .collect(CodeBlock.joining(", ")),
          wrapper(message),
          plan.recordClass(message.record()));
    }
    return method.addStatement("default -> $L", unknown).addCode("$<});\n").build();
  }

  private MethodSpec freeze() {
    MethodSpec.Builder method = overriding("freeze", root).addParameter(root, "message");
    if (server.messages().stream().allMatch(this::isImmutable)) {
      return method.addStatement("return message").build();
    }
    method.addCode("return switch (message) {\n$>");
    for (MessageModel message : server.messages()) {
      if (isImmutable(message)) {
        method.addStatement("case $T m -> m", wrapper(message));
      } else {
        method
            .beginControlFlow("case $T m ->", wrapper(message))
            .addStatement(
                "$T frozen = $L.INSTANCE.freeze(m.message())",
                message.record(),
                plan.recordClass(message.record()))
            .addStatement("yield frozen == m.message() ? m : new $T(frozen)", wrapper(message))
            .endControlFlow();
      }
    }
    return method.addCode("$<};\n").build();
  }

  private boolean isImmutable(MessageModel message) {
    return plan.isImmutable(new Shape.Record(message.record()));
  }

  private MethodSpec replyCodec() {
    CodeBlock.Builder body = CodeBlock.builder();
    if (server.messages().stream().allMatch(message -> message.reply().isEmpty())) {
      // A switch expression must have a result in at least one case.
      body.addStatement(
          "throw new $T(message + $S)",
          IllegalArgumentException.class,
          " is not a call and has no reply");
    } else {
      body.add(
          returnSwitch(
              message ->
                  message.reply().isPresent()
                      ? CodeBlock.of(
                          "$T.untyped($L)",
                          CodecPlan.TERM_CODECS,
                          plan.codec(message.reply().get()))
                      : CodeBlock.of(
                          "throw new $T($S)",
                          IllegalArgumentException.class,
                          message.name() + " is not a call and has no reply")));
    }
    return overriding("replyCodec", ParameterizedTypeName.get(TERM_CODEC, TypeName.OBJECT))
        .addParameter(root, "message")
        .addCode(body.build())
        .build();
  }

  /** A switch over all messages, one result each. */
  private CodeBlock returnSwitch(Function<MessageModel, CodeBlock> result) {
    if (server.messages().isEmpty()) {
      return noMessage();
    }
    CodeBlock.Builder code = CodeBlock.builder().add("return switch (message) {\n$>");
    for (MessageModel message : server.messages()) {
      code.addStatement("case $T m -> $L", wrapper(message), result.apply(message));
    }
    return code.add("$<};\n").build();
  }

  /** The interface over the messages of a server that has none is not sealed. */
  private CodeBlock noMessage() {
    return CodeBlock.builder()
        .addStatement(
            "throw new $T($S)",
            IllegalArgumentException.class,
            "server " + server.name() + " has no messages")
        .build();
  }

  private ClassName wrapper(MessageModel message) {
    return root.nestedClass(message.name());
  }

  private static MethodSpec.Builder overriding(String method, TypeName returns) {
    return MethodSpec.methodBuilder(method)
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(returns);
  }
}
