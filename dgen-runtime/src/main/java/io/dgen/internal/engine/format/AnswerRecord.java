package io.dgen.internal.engine.format;

import io.dgen.codec.CodecException;
import io.dgen.codec.TermReader;
import io.dgen.generated.MessageKind;
import io.dgen.internal.term.Terms;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The payload of an answer on its way to the entity that asked: a term, as of every message.
 *
 * @param number the number of the ask
 * @param reply the answer, in the form of {@link ReplyRecord}
 * @param asked the record that the entity asked with, if the open ask is no longer needed for it;
 *     null while the open ask has it
 */
public record AnswerRecord(UUID number, byte[] reply, byte @Nullable [] asked) {

  private static final int NUMBER = 2 * Long.BYTES;

  /** Returns the bytes that {@link #decode} reads. */
  public byte[] encoded() {
    byte[] id =
        ByteBuffer.allocate(NUMBER)
            .putLong(number.getMostSignificantBits())
            .putLong(number.getLeastSignificantBits())
            .array();
    return Terms.encode(
        out -> {
          out.startList(3);
          out.writeBytes(id);
          out.writeBytes(reply);
          out.writeBytes(asked);
          out.endList();
        });
  }

  /**
   * Reads what {@link #encoded} wrote.
   *
   * @throws CodecException if the bytes are not an answer
   */
  public static AnswerRecord decode(byte[] bytes) {
    return Terms.decode(
        bytes,
        in -> {
          in.startList();
          ByteBuffer id = ByteBuffer.wrap(next(in, NUMBER));
          byte[] reply = next(in, 1);
          byte[] asked = in.hasNext() ? in.readBytes() : null;
          if (in.hasNext()) {
            throw in.fail("an answer has three parts");
          }
          return new AnswerRecord(new UUID(id.getLong(), id.getLong()), reply, asked);
        });
  }

  private static byte[] next(TermReader in, int least) {
    byte[] part = in.hasNext() ? in.readBytes() : null;
    if (part == null || part.length < least) {
      throw in.fail("a part of an answer is missing");
    }
    return part;
  }

  /**
   * Returns the message that brings the answer to the entity that asked.
   *
   * @param name the name of the answer
   * @param sentAt when it is sent, in milliseconds since the epoch
   */
  public Envelope message(String name, long sentAt) {
    return Envelope.of(name, MessageKind.ANSWER, sentAt, null, encoded());
  }

  /**
   * Returns the answer in a message whose open ask still has what was asked.
   *
   * @return null if the message has all that it needs: it is no answer, or a whole one
   * @throws CodecException if it is an unreadable answer
   */
  public static @Nullable AnswerRecord withoutAsked(Envelope message) {
    if (message.kind() != MessageKind.ANSWER) {
      return null;
    }
    AnswerRecord answer = decode(message.payload().bytes);
    return answer.asked() == null ? answer : null;
  }

  /** Returns the same answer with what was asked. */
  public AnswerRecord with(byte[] record) {
    return new AnswerRecord(number, reply, record);
  }
}
