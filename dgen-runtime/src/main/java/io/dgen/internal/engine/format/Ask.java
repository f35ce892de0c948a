package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;
import java.util.Base64;
import java.util.UUID;

/**
 * A call that one entity has sent to another, whose answer is a message to the former.
 *
 * @param asker the entity that asks
 * @param number the ask's own number, drawn at random: that of a former incarnation of the asker,
 *     or of one that was killed, is never used again
 * @param asked the entity that is asked
 */
public record Ask(Address asker, UUID number, Address asked) {

  private static final int FORMAT = 1;

  /** In place of the number of a call on a node. */
  static final long NO_CALL = -1;

  /** Returns whether the number of a call says that an entity waits, rather than a node. */
  public static boolean isAsk(long call) {
    return call == NO_CALL;
  }

  /** Returns the text that {@link #parse} reads, without the number, which has its own place. */
  public String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            Tuple.from(FORMAT, asker.server(), asker.id(), asked.server(), asked.id()).pack());
  }

  /** Returns the ask that {@link #text} was made of. */
  public static Ask parse(UUID number, String text) {
    byte[] bytes = Base64.getUrlDecoder().decode(text);
    Tuple tuple = FlatTuple.decode(bytes, 0, bytes.length);
    if (tuple.getLong(0) != FORMAT) {
      throw new IllegalArgumentException("a From of an unknown format: " + text);
    }
    return new Ask(
        new Address(tuple.getString(1), tuple.getString(2)),
        number,
        new Address(tuple.getString(3), tuple.getString(4)));
  }
}
