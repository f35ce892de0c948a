package io.dgen.internal.engine.failure;

import io.dgen.generated.MessageCodec;
import io.dgen.generated.MessageKind;
import io.dgen.generated.codec.Json;
import io.dgen.generated.codec.VersionedMessages;
import io.dgen.internal.engine.format.AnswerRecord;
import io.dgen.internal.engine.format.Envelope;
import io.dgen.internal.engine.format.MessageTerms;
import io.dgen.internal.engine.format.ReplyRecord;

/** Converts the term of a dead letter's message to what the letter shows. Thread-safe. */
@FunctionalInterface
public interface LetterReader<M> {

  /** Shows messages as JSON, without the server's classes. */
  LetterReader<String> AS_JSON =
      new LetterReader<>() {
        @Override
        public String read(Envelope message) {
          byte[] term = message.payload().bytes;
          if (message.kind() != MessageKind.ANSWER) {
            return Json.ofTerm(VersionedMessages.record(term));
          }
          AnswerRecord answer = AnswerRecord.decode(term);
          byte[] asked = answer.asked();
          return """
          {
            "asked": %s,
            "answer": %s
          }\
          """
              .formatted(
                  inner(asked == null ? "null" : Json.ofTerm(VersionedMessages.record(asked))),
                  inner(ReplyRecord.json(answer.reply())));
        }

        private static String inner(String json) {
          return json.replace("\n", "\n  ");
        }

        @Override
        public boolean knowsTypes() {
          return false;
        }
      };

  /**
   * Reads a message.
   *
   * @param message the message
   * @return what is shown
   * @throws io.dgen.codec.CodecException if it is unreadable
   */
  M read(Envelope message);

  /** Returns whether it fails for what the server's classes cannot read. */
  default boolean knowsTypes() {
    return true;
  }

  /** Returns a reader that uses the server's codec. */
  static <M> LetterReader<M> of(MessageCodec<M> codec) {
    return message -> MessageTerms.read(codec, message);
  }
}
