package io.dgen.internal.engine.format;

import com.apple.foundationdb.tuple.Tuple;
import io.dgen.internal.Texts;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The name of a delayed message: its destination, when it is due, and which message it is. Made
 * before the first attempt to send it, so that a repeated attempt does not send a second one (rule
 * 4).
 *
 * @param due milliseconds since the epoch; rounded up, so that the message is not early
 * @param number unique on the node, and increasing, so that messages that are due together keep
 *     their order
 */
public record Ticket(Address address, long due, NodeId node, long number) {

  private static final int FORMAT = 1;

  /**
   * Returns the first millisecond at which a time has certainly passed; the smallest or largest
   * value if it is out of range.
   */
  public static long millisOf(Instant time) {
    try {
      long millis = time.toEpochMilli();
      boolean exact = Instant.ofEpochMilli(millis).equals(time);
      return exact ? millis : millis + 1;
    } catch (ArithmeticException e) {
      // The limit of the keys, less one, so that the key after the last one is valid too.
      return time.isBefore(Instant.EPOCH) ? -Long.MAX_VALUE : Long.MAX_VALUE - 1;
    }
  }

  /** Returns the text that {@link #parse} reads: letters, digits, {@code -} and {@code _}. */
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
        "not the text of a delayed message: "
            + Texts.quoted(text)
            + "; pass a DelayedMessage that a client returned, or its text()",
        cause);
  }
}
