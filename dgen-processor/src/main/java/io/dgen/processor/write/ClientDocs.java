package io.dgen.processor.write;

import com.squareup.javapoet.CodeBlock;
import io.dgen.processor.model.ApiModel.ApiMessage;
import io.dgen.processor.model.ApiModel.ApiParameter;
import io.dgen.processor.model.MessageModel.Kind;

/** The javadoc of a client's methods: what is sent, when the method returns, what it throws. */
final class ClientDocs {

  private ClientDocs() {}

  static CodeBlock blocking(ApiMessage message) {
    CodeBlock.Builder doc = CodeBlock.builder();
    doc.add("Sends {@link $T} and waits ", message.record());
    doc.add(
        switch (message.kind()) {
          case CALL -> "for its reply, which is durable together with the state.\n";
          case CAST -> "until the message, or its effect, is durable.\n";
          case INFO -> "until the callback ran and its effect is durable.\n";
        });
    parameters(doc, message);
    if (message.kind() == Kind.CALL) {
      if (message.reply().isEmpty()) {
        doc.add("@param <R> the reply's type\n");
      }
      doc.add("@return the reply, null if the callback replied null\n");
    }
    doc.add(
        """
        @throws $T if the message failed, or the time is up; after a timeout it may
            still be carried out
        """,
        Generated.DGEN_EXCEPTION);
    return doc.build();
  }

  static CodeBlock async(ApiMessage message) {
    CodeBlock.Builder doc = CodeBlock.builder();
    doc.add("Sends {@link $T} without waiting.\n", message.record());
    parameters(doc, message);
    if (message.kind() == Kind.CALL && message.reply().isEmpty()) {
      doc.add("@param <R> the reply's type\n");
    }
    doc.add(
        "@return a future, completed $L,\n    or with a {@link $T}\n",
        switch (message.kind()) {
          case CALL -> "with the reply once it is durable";
          case CAST -> "with null once the message, or its effect, is durable";
          case INFO -> "with null once the callback ran and its effect is durable";
        },
        Generated.DGEN_EXCEPTION);
    return doc.build();
  }

  static CodeBlock inTransaction(ApiMessage message) {
    CodeBlock.Builder doc = CodeBlock.builder();
    doc.add("Sends {@link $T} if the transaction commits.\n", message.record());
    parameters(doc, message);
    doc.add("@throws $T if no transaction can hold the message\n", Generated.DGEN_EXCEPTION);
    return doc.build();
  }

  static CodeBlock delayed(ApiMessage message) {
    CodeBlock.Builder doc = CodeBlock.builder();
    doc.add("Sends {@link $T}, to be carried out later.\n", message.record());
    parameters(doc, message);
    doc.add("@return the handle that cancels it\n");
    doc.add("@throws $T if it could not be sent\n", Generated.DGEN_EXCEPTION);
    return doc.build();
  }

  private static void parameters(CodeBlock.Builder doc, ApiMessage message) {
    doc.add("\n");
    for (ApiParameter parameter : message.parameters()) {
      doc.add("@param $L the message's {@code $L}\n", parameter.name(), parameter.name());
    }
  }
}
