package io.dgen.processor.write;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.CodeBlock;
import io.dgen.processor.model.MessageModel;
import io.dgen.processor.model.ServerModel;

/** Writes the table of a server's messages: how each is named, wrapped, written and read. */
final class MessageCodecWriter {

  private final CodecPlan plan;
  private final ServerModel server;

  MessageCodecWriter(CodecPlan plan, ServerModel server) {
    this.plan = plan;
    this.server = server;
  }

  /** Returns the expression that makes the codec. */
  CodeBlock write() {
    ClassName root = server.generated("Message");
    CodeBlock.Builder code =
        CodeBlock.builder().add("$T.<$T>of($S, SCHEMA)$>", Generated.MESSAGES, root, server.name());
    for (MessageModel message : server.messages()) {
      ClassName wrapper = root.nestedClass(message.name());
      code.add(
          "\n.$L($S, $T.class, $T::new, $L$L)",
          ClientWriter.verb(message.kind()),
          message.name(),
          wrapper,
          wrapper,
          plan.recordCodec(message.record()),
          message.reply().map(it -> CodeBlock.of(", $L", plan.codec(it))).orElse(CodeBlock.of("")));
      if (!message.formerNames().isEmpty()) {
        code.add(
            "\n.renamed($S, $L)",
            message.name(),
            message.formerNames().stream()
                .map(it -> CodeBlock.of("$S", it))
                .collect(CodeBlock.joining(", ")));
      }
    }
    return code.add("\n.build()$<").build();
  }
}
