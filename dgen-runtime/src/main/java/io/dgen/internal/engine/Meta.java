package io.dgen.internal.engine;

import io.dgen.codec.CodecException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What every round reads of an entity, in one key: which state is stored, and how far the queue has
 * been emptied. It exists as long as the entity does. One key, because one point read is cheaper
 * than a range read, on every store; it is the conflict key of all rounds (rule 2).
 *
 * <p>Stored as a format byte, the versionstamp of the last state change (10 bytes), the
 * versionstamp of the last message popped (12 bytes, zero for none), and how many were popped (8
 * bytes, big-endian).
 */
final class Meta {

  /** The meta of an entity that does not exist. */
  static final Meta NONE = new Meta(new byte[0], new byte[KeyLayout.STAMP_LENGTH], 0);

  private static final byte FORMAT = 1;
  private static final int VERSION_LENGTH = 10;
  private static final int LENGTH = 1 + VERSION_LENGTH + KeyLayout.STAMP_LENGTH + Long.BYTES;

  private final byte[] version;
  private final byte[] head;
  private final long popped;

  private Meta(byte[] version, byte[] head, long popped) {
    this.version = version;
    this.head = head;
    this.popped = popped;
  }

  /** Reads what {@link #encoded} wrote. */
  static Meta decode(byte[] bytes) {
    if (bytes.length != LENGTH || bytes[0] != FORMAT) {
      throw new CodecException(
          "an entity's meta key has "
              + bytes.length
              + " bytes of format "
              + (bytes.length == 0 ? "none" : bytes[0])
              + "; this version of dgen reads "
              + LENGTH
              + " bytes of format "
              + FORMAT);
    }
    return new Meta(
        Arrays.copyOfRange(bytes, 1, 1 + VERSION_LENGTH),
        Arrays.copyOfRange(bytes, 1 + VERSION_LENGTH, LENGTH - Long.BYTES),
        ByteBuffer.wrap(bytes).getLong(LENGTH - Long.BYTES));
  }

  boolean exists() {
    return version.length > 0;
  }

  /** The versionstamp of the last state change; empty if the entity does not exist. */
  byte[] version() {
    return version;
  }

  /** The last message popped; zero if there was none. */
  byte[] head() {
    return head;
  }

  /** How many messages were ever popped. */
  long popped() {
    return popped;
  }

  /** The same after pops. */
  Meta popped(byte[] newHead, int count) {
    return new Meta(version, newHead, popped + count);
  }

  /** The value to set when the state stays as it is. */
  byte[] encoded() {
    return encode(version);
  }

  /** The operand that sets the value with the versionstamp of the commit as the new version. */
  byte[] versionstampOperand() {
    return KeyLayout.withOffset(encode(new byte[VERSION_LENGTH]), 1);
  }

  private byte[] encode(byte[] stamp) {
    return ByteBuffer.allocate(LENGTH).put(FORMAT).put(stamp).put(head).putLong(popped).array();
  }
}
