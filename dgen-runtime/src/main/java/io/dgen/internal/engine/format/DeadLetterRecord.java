package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import io.dgen.store.Keys;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A stored dead letter: the data about its last attempt, and the message in the form that goes back
 * into the queue, so that requeueing decodes nothing.
 *
 * <p>Stored like an {@link Envelope}: the lengths of a header and of what follows, a tuple, and the
 * bytes of the envelope.
 */
public final class DeadLetterRecord {

  private static final int FORMAT = 1;
  private static final int SIZES = 2 * Integer.BYTES;

  /** Stands for a letter that this version cannot read. */
  public static final DeadLetterRecord UNREADABLE = new DeadLetterRecord("", 0, 0, "", "", false);

  private final String name;
  private final int attempts;
  private final long when;
  private final String error;
  private final String stack;
  private final boolean callerTold;

  private DeadLetterRecord(
      String name, int attempts, long when, String error, String stack, boolean callerTold) {
    this.name = name;
    this.attempts = attempts;
    this.when = when;
    this.error = error;
    this.stack = stack;
    this.callerTold = callerTold;
  }

  /**
   * Returns the bytes of a dead letter.
   *
   * @param last the message after its last attempt
   * @param attempts the number of its attempts
   * @param when the time of the last one, in milliseconds since the epoch
   * @param callerTold whether its caller gets an answer
   */
  public static byte[] encode(Envelope last, int attempts, long when, boolean callerTold) {
    DeadLetterRecord record =
        new DeadLetterRecord(last.name(), attempts, when, last.error(), last.stack(), callerTold);
    return record.encoded(last.fresh().encoded());
  }

  /**
   * Returns the bytes of a dead letter whose message was set aside as it is.
   *
   * @param message the message's bytes in the queue
   * @param last the same, decoded; null if not even its header can be read
   * @param problem why it cannot be decoded
   * @param when the time, in milliseconds since the epoch
   * @param callerTold whether its caller gets an answer
   */
  public static byte[] setAside(
      byte[] message, @Nullable Envelope last, ErrorText problem, long when, boolean callerTold) {
    DeadLetterRecord record =
        new DeadLetterRecord(
            last == null ? Envelope.nameOf(message) : last.name(),
            last == null ? 0 : last.attempts(),
            when,
            problem.text(),
            problem.stack(),
            callerTold);
    // Of a header that is unknown here nothing is changed, not even its caller.
    return record.encoded(last == null ? message : last.fresh().encoded());
  }

  private byte[] encoded(byte[] message) {
    byte[] header =
        Tuple.from(FORMAT, name, attempts, when, error, stack, callerTold ? 1 : 0).pack();
    byte[] sizes = ByteBuffer.allocate(SIZES).putInt(header.length).putInt(message.length).array();
    return Keys.join(sizes, header, message);
  }

  /**
   * Returns the message in a dead letter, whatever version of dgen wrote it.
   *
   * @throws CodecException if the letter is damaged
   */
  public static byte[] message(byte[] bytes) {
    return Arrays.copyOfRange(bytes, SIZES + headerLength(bytes), bytes.length);
  }

  private static int headerLength(byte[] bytes) {
    ByteBuffer sizes = ByteBuffer.wrap(bytes);
    long header = bytes.length < SIZES ? -1 : sizes.getInt();
    if (header < 0 || SIZES + header + sizes.getInt() != bytes.length) {
      throw new CodecException("a dead letter of " + bytes.length + " bytes is damaged");
    }
    return (int) header;
  }

  /**
   * Decodes a letter, except for its message.
   *
   * @throws CodecException if it is unreadable
   */
  public static DeadLetterRecord decode(byte[] bytes) {
    try {
      Tuple header = FlatTuple.decode(bytes, SIZES, headerLength(bytes));
      if (header.getLong(0) != FORMAT) {
        throw new CodecException(
            "a dead letter has format "
                + header.getLong(0)
                + ", but this version of dgen reads format "
                + FORMAT);
      }
      return new DeadLetterRecord(
          header.getString(1),
          (int) header.getLong(2),
          header.getLong(3),
          header.getString(4),
          header.getString(5),
          header.size() > 6 && header.getLong(6) != 0);
    } catch (CodecException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CodecException("a dead letter of " + bytes.length + " bytes is damaged", e);
    }
  }

  public String name() {
    return name;
  }

  public int attempts() {
    return attempts;
  }

  /** Returns when the message was given up, in milliseconds since the epoch. */
  public long when() {
    return when;
  }

  public boolean callerTold() {
    return callerTold;
  }

  public String error() {
    return error;
  }

  public String stack() {
    return stack;
  }
}
