package io.dgen.generated;

import io.dgen.generated.codec.StateCodec;

/**
 * The base class of all generated server descriptors: a name and two codecs.
 *
 * @param <S> the state record
 * @param <M> the sealed interface over the server's messages
 */
public abstract class GeneratedServer<S, M> implements ServerDescriptor<S, M> {

  private final String name;
  private final MessageCodec<M> messages;
  private final StateCodec<S> states;

  /**
   * Creates the descriptor.
   *
   * @param name the server's name
   * @param messages the codec of its messages
   * @param states the codec of its state
   */
  protected GeneratedServer(String name, MessageCodec<M> messages, StateCodec<S> states) {
    this.name = name;
    this.messages = messages;
    this.states = states;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final MessageCodec<M> messages() {
    return messages;
  }

  @Override
  public final StateCodec<S> states() {
    return states;
  }
}
