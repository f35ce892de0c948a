package io.dgen.internal.engine;

import io.dgen.FailurePolicy;
import io.dgen.codec.Terms;
import io.dgen.spi.MessageCodec;
import io.dgen.spi.ServerDescriptor;

/** A server that this node runs: the generated descriptor, with what the engine needs around it. */
final class HostedServer<S, M> {

  final ServerDescriptor<S, M> descriptor;
  final MessageCodec<M> codec;

  /** What happens when its messages fail. */
  final FailurePolicy policy;

  HostedServer(ServerDescriptor<S, M> descriptor, FailurePolicy policy) {
    this.descriptor = descriptor;
    this.policy = policy;
    this.codec = descriptor.messages();
  }

  String name() {
    return descriptor.name();
  }

  /**
   * The record of a queued message.
   *
   * @throws io.dgen.codec.CodecException if there is none of this name, or the bytes are not one
   */
  M decode(Envelope envelope) {
    return Terms.decode(envelope.payload().bytes, in -> codec.read(envelope.name(), in));
  }
}
