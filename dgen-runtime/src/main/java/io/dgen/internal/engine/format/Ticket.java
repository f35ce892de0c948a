package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.internal.Texts;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Names a delayed message: where it goes, when it is due, and which message it is. Made before the
 * first attempt to send it, so that a repeated attempt does not send a second one (rule 4).
 *
 * @param due milliseconds since the epoch; the message is not early, so this is rounded up
 * @param number unique on the node, and growing, so that what is due together keeps its order
 */
public record Ticket(Address address, long due, NodeId node, long number) {

  private static final int FORMAT = 1;

  /**
   * Returns the milliseconds at which a time has certainly come; the first or last ones if beyond.
   */
  public static long millisOf(Instant time) {
    try {
      long millis = time.toEpochMilli();
      boolean exact = Instant.ofEpochMilli(millis).equals(time);
      return exact ? millis : millis + 1;
    } catch (ArithmeticException e) {
      // As far as keys go: one less, so that what comes behind the last one is a key too.
      return time.isBefore(Instant.EPOCH) ? -Long.MAX_VALUE : Long.MAX_VALUE - 1;
    }
  }

  /** What {@link #parse} reads: letters, digits, {@code -} and {@code _}. */
  public String text() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(
            Tuple.from(FORMAT, address.server(), address.id(), due, node.value(), number).pack());
  }

  /**
   * Reads what {@link #text} wrote.
   *
   * @throws IllegalArgumentException if the text is not of that form
   */
  public static Ticket parse(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      Tuple tuple = FlatTuple.decode(bytes, 0, bytes.length);
      if (tuple.size() == 6 && tuple.getLong(0) == FORMAT) {
        return new Ticket(
            new Address(tuple.getString(1), tuple.getString(2)),
            tuple.getLong(3),
            new NodeId(tuple.getUUID(4)),
            tuple.getLong(5));
      }
    } catch (RuntimeException e) {
      throw notOne(text, e);
    }
    throw notOne(text, null);
  }

  private static IllegalArgumentException notOne(String text, @Nullable RuntimeException cause) {
    return new IllegalArgumentException(
        "not the handle of a delayed message: "
            + Texts.quoted(text)
            + "; give what Scheduled.text() returned",
        cause);
  }
}
