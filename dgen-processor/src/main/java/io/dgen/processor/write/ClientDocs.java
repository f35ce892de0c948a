package io.dgen.processor.write;

import com.squareup.javapoet.CodeBlock;
import io.dgen.processor.model.ApiModel.ApiMessage;

/**
 * The javadoc of a client's methods that take components: what is sent, and when the method
 * returns. The superclass documents what they have in common, and the methods that take a record.
 */
final class ClientDocs {

  private ClientDocs() {}

  static CodeBlock blocking(ApiMessage message) {
    return CodeBlock.of(
        switch (message.kind()) {
          case CALL -> "Sends {@link $T} and returns its reply, once that is durable.\n";
          case CAST -> "Sends {@link $T} and waits until it, or its effect, is durable.\n";
          case INFO -> "Sends {@link $T} and waits until its effect is durable.\n";
          case QUERY ->
              "Sends {@link $T} and returns its reply, from the latest committed state.\n";
          case ANSWER -> throw new IllegalArgumentException("an answer is not sent by a client");
        },
        message.record());
  }

  static CodeBlock async(ApiMessage message) {
    return CodeBlock.of(
        "Sends {@link $T} without waiting; the future completes $L.\n",
        message.record(),
        switch (message.kind()) {
          case CALL, QUERY -> "with its reply";
          case CAST -> "once it, or its effect, is durable";
          case INFO -> "once its effect is durable";
          case ANSWER -> throw new IllegalArgumentException("an answer is not sent by a client");
        });
  }

  static CodeBlock inTransaction(ApiMessage message) {
    return CodeBlock.of("Sends {@link $T} if the transaction commits.\n", message.record());
  }

  static CodeBlock asking(ApiMessage message) {
    return CodeBlock.of(
        "Asks with {@link $T} if the transaction commits; the answer comes to {@code"
            + " handleAnswer}.\n",
        message.record());
  }

  static CodeBlock inSnapshot(ApiMessage message) {
    return CodeBlock.of(
        "Runs {@link $T} within the transaction, and returns its reply.\n", message.record());
  }

  static CodeBlock delayed(ApiMessage message) {
    return CodeBlock.of(
        "Sends {@link $T} with a delay, and returns the handle that cancels it.\n",
        message.record());
  }

  static CodeBlock batch(ApiMessage message) {
    return CodeBlock.of("Adds {@link $T} to the batch.\n", message.record());
  }
}
