package io.dgen.generated.codec;

import io.dgen.codec.SchemaVersion;
import io.dgen.codec.TermReader;
import io.dgen.codec.TermWriter;
import io.dgen.codec.UnreadableException;
import io.dgen.internal.term.CborTermReader;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The form of a message's term: a list of two, the version of the schema that wrote it and the
 * record. A term that is not a list was written before versions were stored, and is the record
 * alone. Called by generated code.
 */
public final class VersionedMessages {

  private static final int LIST_OF_TWO = 0x82;

  private VersionedMessages() {}

  /**
   * Begins to write a message. The record follows, and then the end of the list.
   *
   * @param out the writer
   * @param version the version of the writer
   */
  public static void start(TermWriter out, SchemaVersion version) {
    out.startList(2);
    out.writeLong(version.number());
  }

  /**
   * Reads a message.
   *
   * @param in the reader
   * @param name the message's name
   * @param reader the version of the reader
   * @param record reads the record
   * @param <M> the type of the message
   * @return the message
   * @throws UnreadableException if it cannot be read
   */
  public static <M> M read(
      TermReader in, String name, SchemaVersion reader, Supplier<? extends M> record) {
    CborTermReader term = (CborTermReader) in; // Terms makes no other kind.
    SchemaVersion writer = SchemaVersion.UNKNOWN;
    try {
      if (!term.startMessage(name)) {
        return record.get();
      }
      writer = new SchemaVersion(in.readInt());
      M message = record.get();
      if (in.hasNext()) {
        throw in.fail("a message must be a version and a record");
      }
      return message;
    } catch (RuntimeException e) {
      throw UnreadableException.of(term.failure(e), writer, reader);
    }
  }

  /**
   * Returns the record of a message, for tools that show it.
   *
   * @param message the message's term; not changed
   * @return the term of the record alone; the same bytes if they are not a message with a version
   */
  public static byte[] record(byte[] message) {
    if (message.length < 3 || (message[0] & 0xFF) != LIST_OF_TWO || (message[1] & 0xC0) != 0) {
      return message;
    }
    int form = message[1] & 0x1F; // The number itself, or 24, 25, 26 for 1, 2 or 4 bytes of it.
    int length = form < 24 ? 1 : form > 26 ? message.length : 1 + (1 << (form - 24));
    return 1 + length < message.length
        ? Arrays.copyOfRange(message, 1 + length, message.length)
        : message;
  }
}
