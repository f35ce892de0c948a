package io.dgen.processor.write;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import com.squareup.javapoet.MethodSpec;
import com.squareup.javapoet.ParameterizedTypeName;
import com.squareup.javapoet.TypeName;
import com.squareup.javapoet.TypeSpec;
import io.dgen.processor.model.MessageModel;
import io.dgen.processor.model.MessageModel.Kind;
import io.dgen.processor.model.ServerModel;
import java.util.List;
import javax.lang.model.element.Modifier;

/** Writes the table of a server's messages: the name, wrapper and codecs of each. */
final class MessageCodecWriter {

  private static final int LONGEST_CHAIN = 100;

  private final CodecPlan plan;
  private final ServerModel server;

  MessageCodecWriter(CodecPlan plan, ServerModel server) {
    this.plan = plan;
    this.server = server;
  }

  /**
   * Returns the expression that creates the codec. For very many messages, a single expression
   * would be too deep for javac's stack: then methods add those from the hundredth on.
   *
   * @param type gets the methods
   */
  CodeBlock write(TypeSpec.Builder type) {
    ClassName root = server.generated("Message");
    List<MessageModel> messages = server.messages();
    CodeBlock table =
        CodeBlock.of(
            "$T.<$T>of($S, SCHEMA)$>$L$<",
            Generated.MESSAGES,
            root,
            server.name(),
            lines(messages.subList(0, Math.min(messages.size(), LONGEST_CHAIN))));
    for (int from = LONGEST_CHAIN; from < messages.size(); from += LONGEST_CHAIN) {
      int to = Math.min(messages.size(), from + LONGEST_CHAIN);
      TypeName builder = ParameterizedTypeName.get(Generated.MESSAGES.nestedClass("Builder"), root);
      type.addMethod(
          MethodSpec.methodBuilder("messagesFrom" + from)
              .addModifiers(Modifier.PRIVATE, Modifier.STATIC)
              .addParameter(builder, "before")
              .returns(builder)
              .addStatement("return before$L", lines(messages.subList(from, to)))
              .build());
      table = CodeBlock.of("messagesFrom$L($L)", from, table);
    }
    return CodeBlock.of("$L$>\n.build()$<", table);
  }

  private CodeBlock lines(List<MessageModel> messages) {
    return messages.stream().map(this::lines).collect(CodeBlock.joining(""));
  }

  /** Returns the name, of an answer in two parts: the server that is asked, and the record. */
  private static CodeBlock name(MessageModel message) {
    String name = message.name();
    if (message.kind() != Kind.ANSWER) {
      return CodeBlock.of("$S", name);
    }
    int stop = name.length() - message.simpleName().length() - 1;
    return CodeBlock.of("$S, $S", name.substring(0, stop), message.simpleName());
  }

  private CodeBlock lines(MessageModel message) {
    ClassName wrapper = server.generated("Message").nestedClass(message.wrapper());
    CodeBlock line =
        CodeBlock.of(
            "\n.$L($L, $T.class, $T::new, $L$L)",
            ClientWriter.verb(message.kind()),
            name(message),
            wrapper,
            wrapper,
            plan.recordCodec(message.record()),
            message
                .reply()
                .map(it -> CodeBlock.of(", $L", plan.codec(it)))
                .orElse(CodeBlock.of("")));
    return message.formerNames().isEmpty()
        ? line
        : CodeBlock.of(
            "$L\n.renamed($S, $L)",
            line,
            message.name(),
            message.formerNames().stream()
                .map(it -> CodeBlock.of("$S", it))
                .collect(CodeBlock.joining(", ")));
  }
}
