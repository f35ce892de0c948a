package io.dgen.internal.engine.failure;

import io.dgen.generated.MessageCodec;
import io.dgen.generated.codec.Json;
import io.dgen.generated.codec.VersionedMessages;
import io.dgen.internal.term.Terms;

/** Converts the term of a dead letter's message to what the letter shows. Thread-safe. */
@FunctionalInterface
public interface LetterReader<M> {

  /** Shows messages as JSON, without the server's classes. */
  LetterReader<String> AS_JSON =
      new LetterReader<>() {
        @Override
        public String read(String name, byte[] term) {
          return Json.ofTerm(VersionedMessages.record(term));
        }

        @Override
        public boolean knowsTypes() {
          return false;
        }
      };

  /**
   * Reads a message.
   *
   * @param name its name
   * @param term its term, with the version of the schema
   * @return what is shown
   * @throws io.dgen.codec.CodecException if it is unreadable
   */
  M read(String name, byte[] term);

  /** Returns whether it fails for what the server's classes cannot read. */
  default boolean knowsTypes() {
    return true;
  }

  /** Returns a reader that uses the server's codec. */
  static <M> LetterReader<M> of(MessageCodec<M> codec) {
    return (name, term) -> Terms.<M>decode(term, in -> codec.read(name, in));
  }
}
