package io.dgen.internal.engine.cluster;

import io.dgen.FailurePolicy;
import io.dgen.generated.MessageCodec;
import io.dgen.generated.ServerDescriptor;
import io.dgen.internal.engine.format.AnswerRecord;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.MessageTerms;
import io.dgen.internal.engine.send.DeleteMessage;

/** A server that this node runs: the generated descriptor, and what the engine needs with it. */
public final class HostedServer<S, M> {

  public final ServerDescriptor<S, M> descriptor;

  /** The codec of its messages, and of the one by which an operator deletes an entity. */
  public final MessageCodec<M> codec;

  /** The policy for messages that fail. */
  public final FailurePolicy policy;

  public HostedServer(ServerDescriptor<S, M> descriptor, FailurePolicy policy) {
    this.descriptor = descriptor;
    this.policy = policy;
    this.codec = DeleteMessage.among(descriptor.messages());
  }

  String name() {
    return descriptor.name();
  }

  /**
   * Returns the record of a queued message.
   *
   * @throws io.dgen.codec.CodecException if the server has no message of this name, or the bytes
   *     are not one
   */
  public M decode(Envelope envelope) {
    return MessageTerms.read(codec, envelope);
  }

  /**
   * Returns an answer as a message.
   *
   * @param name its name
   * @param answer the answer, with what was asked
   * @throws io.dgen.codec.CodecException if the server takes no such answer, or the bytes are not
   *     one
   */
  public M answer(String name, AnswerRecord answer) {
    return MessageTerms.readAnswer(codec, name, answer);
  }
}
