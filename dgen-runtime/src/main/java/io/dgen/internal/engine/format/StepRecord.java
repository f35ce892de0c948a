package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;
import io.dgen.store.Keys;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is recorded of a step: how often it began, and once it is done, its outcome in the form of a
 * {@link ReplyRecord}.
 *
 * <p>Stored as the length of a header, a tuple, and the outcome, in chunks like an {@link
 * Envelope}.
 */
public final class StepRecord {

  private static final int FORMAT = 1;

  /** Stands for the end of a step that has not ended. */
  private static final long OPEN = -1;

  private final int attempts;
  private final long begunMillis;
  private final long doneMillis;
  private final byte[] outcome;

  private StepRecord(int attempts, long begunMillis, long doneMillis, byte[] outcome) {
    this.attempts = attempts;
    this.begunMillis = begunMillis;
    this.doneMillis = doneMillis;
    this.outcome = outcome;
  }

  /**
   * Returns the record of a step that begins.
   *
   * @param before its record; null if it has none
   * @param nowMillis the time by the node's clock, for people
   */
  public static StepRecord begun(@Nullable StepRecord before, long nowMillis) {
    int attempts = before == null ? 0 : before.attempts;
    return new StepRecord(attempts + 1, nowMillis, OPEN, new byte[0]);
  }

  /**
   * Returns the record of a sleep.
   *
   * @param due when it ends, in milliseconds since the epoch
   */
  public static StepRecord sleeping(long nowMillis, long due) {
    return new StepRecord(1, nowMillis, OPEN, KeyLayout.bigEndian(due));
  }

  /**
   * Returns when a sleep ends, in milliseconds since the epoch.
   *
   * @throws CodecException if the record is not that of a sleep
   */
  public long due() {
    if (outcome.length != Long.BYTES) {
      throw new CodecException("the record of a sleep is damaged");
    }
    return ByteBuffer.wrap(outcome).getLong();
  }

  /** Returns the record of this step with its outcome. */
  public StepRecord done(long nowMillis, byte[] itsOutcome) {
    return new StepRecord(attempts, begunMillis, nowMillis, itsOutcome);
  }

  /** Returns how often it began. */
  public int attempts() {
    return attempts;
  }

  /** Returns when it began last, in milliseconds since the epoch. */
  public long begunMillis() {
    return begunMillis;
  }

  public boolean isDone() {
    return doneMillis != OPEN;
  }

  /** Returns when it was done, in milliseconds since the epoch. */
  public long doneMillis() {
    return doneMillis;
  }

  /** Returns what callers of the step get, once it is done. */
  public byte[] outcome() {
    return outcome;
  }

  /** Returns the values to store, in the order of their chunks. */
  public List<byte[]> chunks() {
    byte[] header = Tuple.from(FORMAT, attempts, begunMillis, doneMillis).pack();
    byte[] length = ByteBuffer.allocate(Integer.BYTES).putInt(header.length).array();
    return Envelope.cut(Keys.join(length, header, outcome));
  }

  /**
   * Reads what {@link #chunks} wrote, joined; of a first chunk alone, everything but the outcome.
   *
   * @throws CodecException if it is unreadable
   */
  public static StepRecord decode(byte[] bytes) {
    try {
      int header = ByteBuffer.wrap(bytes).getInt();
      Tuple tuple = FlatTuple.decode(bytes, Integer.BYTES, header);
      if (tuple.getLong(0) != FORMAT) {
        throw new CodecException(
            "the record of a step has format "
                + tuple.getLong(0)
                + ", but this version of dgen reads format "
                + FORMAT);
      }
      return new StepRecord(
          (int) tuple.getLong(1),
          tuple.getLong(2),
          tuple.getLong(3),
          Arrays.copyOfRange(bytes, Integer.BYTES + header, bytes.length));
    } catch (CodecException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CodecException("the record of a step of " + bytes.length + " bytes is damaged", e);
    }
  }
}
