package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import io.dgen.store.Keys;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An open ask, as the entity that asks stores it until the answer has been handled: a length, a
 * tuple, and the term of the record that it asked with.
 *
 * @param name the name of the answer: that of the asked server, a full stop, and that of the record
 * @param asked the entity that is asked
 * @param sinceMillis when it asked, in milliseconds since the epoch by the clock of its node
 * @param timeout the text of the delayed message that says that the time is over; null for none
 */
public record AskRecord(
    String name, Address asked, long sinceMillis, @Nullable String timeout, byte[] payload) {

  private static final int FORMAT = 1;

  /** Returns the bytes that {@link #decode} reads. */
  public byte[] encoded() {
    byte[] header =
        Tuple.from(FORMAT, name, asked.server(), asked.id(), sinceMillis, timeout).pack();
    return Keys.join(
        ByteBuffer.allocate(Integer.BYTES).putInt(header.length).array(), header, payload);
  }

  /**
   * Reads what {@link #encoded} wrote, or the first chunk of it, whose payload is then cut off.
   *
   * @throws CodecException if the bytes are not an open ask
   */
  public static AskRecord decode(byte[] bytes) {
    try {
      int length = ByteBuffer.wrap(bytes).getInt();
      Tuple header = FlatTuple.decode(bytes, Integer.BYTES, length);
      if (header.getLong(0) != FORMAT) {
        throw new CodecException(
            "an open ask has format "
                + header.getLong(0)
                + ", but this version of dgen reads format "
                + FORMAT
                + "; run the version that wrote it, or a newer one");
      }
      return new AskRecord(
          header.getString(1),
          new Address(header.getString(2), header.getString(3)),
          header.getLong(4),
          header.getString(5),
          Arrays.copyOfRange(bytes, Integer.BYTES + length, bytes.length));
    } catch (CodecException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CodecException("an open ask is damaged: " + e, e);
    }
  }
}
