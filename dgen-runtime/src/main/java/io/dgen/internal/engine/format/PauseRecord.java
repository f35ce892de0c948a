package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.codec.CodecException;

/**
 * The reason for an entity's pause: the value of its {@code paused} key.
 *
 * @param reason the reason, for people
 * @param since when it was paused, in milliseconds since the epoch, by the clock of the node that
 *     paused it
 * @param automatic true if the restart intensity paused it, false if a person did
 */
public record PauseRecord(String reason, long since, boolean automatic) {

  private static final int FORMAT = 1;

  /** A longer reason is truncated: the text of a stop may be of any length. */
  private static final int MAX_REASON = 2000;

  public byte[] encoded() {
    return Tuple.from(FORMAT, ErrorText.bounded(reason, MAX_REASON), since, automatic ? 1 : 0)
        .pack();
  }

  public static PauseRecord decode(byte[] bytes) {
    try {
      Tuple tuple = FlatTuple.decode(bytes, 0, bytes.length);
      return new PauseRecord(tuple.getString(1), tuple.getLong(2), tuple.getLong(3) == 1);
    } catch (RuntimeException e) {
      throw new CodecException("the record of a pause is damaged", e);
    }
  }
}
