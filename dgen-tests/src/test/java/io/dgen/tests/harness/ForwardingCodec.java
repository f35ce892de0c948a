package io.dgen.tests.harness;

import io.dgen.Answer;
import io.dgen.codec.TermCodec;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import io.dgen.generated.MessageCodec;
import io.dgen.generated.MessageKind;
import java.util.function.Function;

/** Does what another codec does; a test changes what it must. */
public class ForwardingCodec<M> implements MessageCodec<M> {

  private final MessageCodec<M> codec;

  public ForwardingCodec(MessageCodec<M> codec) {
    this.codec = codec;
  }

  @Override
  public String name(M message) {
    return codec.name(message);
  }

  @Override
  public MessageKind kind(M message) {
    return codec.kind(message);
  }

  @Override
  public void write(M message, TermWriter out) {
    codec.write(message, out);
  }

  @Override
  public M read(String name, TermReader in) {
    return codec.read(name, in);
  }

  @Override
  public void writeAsked(String name, Record asked, TermWriter out) {
    codec.writeAsked(name, asked, out);
  }

  @Override
  public M readAnswer(
      String name, TermReader asked, Function<TermCodec<Object>, Answer<?>> answer) {
    return codec.readAnswer(name, asked, answer);
  }

  @Override
  public M freeze(M message) {
    return codec.freeze(message);
  }

  @Override
  public TermCodec<Object> replyCodec(M message) {
    return codec.replyCodec(message);
  }
}
