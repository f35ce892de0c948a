package io.dgen.internal.engine.format;

import io.dgen.codec.CodecException;
import io.dgen.generated.MessageCodec;
import io.dgen.generated.MessageKind;
import io.dgen.internal.term.Terms;

/** Reads stored messages with the codec of their server. */
public final class MessageTerms {

  private MessageTerms() {}

  /**
   * Reads a message.
   *
   * @throws CodecException if the server has no message of this name, or the bytes are not one
   */
  public static <M> M read(MessageCodec<M> codec, Envelope message) {
    byte[] payload = message.payload().bytes;
    return message.kind() == MessageKind.ANSWER
        ? readAnswer(codec, message.name(), AnswerRecord.decode(payload))
        : Terms.decode(payload, in -> codec.read(message.name(), in));
  }

  /**
   * Reads an answer.
   *
   * @param codec the codec of the server that asked
   * @param name the name of the answer
   * @throws CodecException if the server takes no such answer, the bytes are not one, or what was
   *     asked is not with it
   */
  public static <M> M readAnswer(MessageCodec<M> codec, String name, AnswerRecord answer) {
    byte[] asked = answer.asked();
    if (asked == null) {
      throw new CodecException(
          "the answer to "
              + name
              + " has not been handled yet, and what was asked is stored with the open ask");
    }
    return Terms.decode(
        asked,
        in -> codec.readAnswer(name, in, reply -> ReplyRecord.answer(answer.reply(), reply)));
  }
}
