package io.dgen.internal.engine.format;

import io.dgen.codec.CodecException;
import io.dgen.codec.SchemaVersion;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What every round reads of an entity, in one key: which state is stored, and how far the queue has
 * been emptied. It exists as long as the entity does. It is one key because one point read is
 * cheaper than a range read, on every store; it is the conflict key of all rounds (rule 2).
 *
 * <p>Stored as a format byte, the versionstamp of the last state change (10 bytes, zero if there is
 * no state), the versionstamp of the last message popped (12 bytes, zero for none), how many were
 * popped (8 bytes, big-endian), the flags (1 byte), and the version of the server's types that
 * wrote the state (4 bytes). The details of a flag are in a key of its own.
 */
public final class Meta {

  /** The meta of an entity that does not exist. */
  public static final Meta NONE =
      new Meta(
          new byte[Meta.VERSION_LENGTH],
          new byte[KeyLayout.STAMP_LENGTH],
          0,
          0,
          SchemaVersion.UNKNOWN);

  /** The reasons why an entity does not run its messages as usual. */
  public enum Flag {
    /** A message holds the entity's lock: key {@code lock}. */
    LOCKED(1),
    /** Paused, by a person or because of too many failures: key {@code paused}. */
    PAUSED(2),
    /** The queue holds messages from before a kill: key {@code killed}. */
    KILLED(4);

    private final int bit;

    Flag(int bit) {
      this.bit = bit;
    }
  }

  private static final byte FORMAT = 2;
  private static final int VERSION_LENGTH = 10;

  /** The length without the schema version, which early versions did not write. */
  private static final int SHORT_LENGTH =
      1 + VERSION_LENGTH + KeyLayout.STAMP_LENGTH + Long.BYTES + 1;

  private static final int LENGTH = SHORT_LENGTH + Integer.BYTES;

  private final byte[] version;
  private final byte[] head;
  private final long popped;
  private final int flags;
  private final SchemaVersion writer;

  private Meta(byte[] version, byte[] head, long popped, int flags, SchemaVersion writer) {
    this.version = version;
    this.head = head;
    this.popped = popped;
    this.flags = flags;
    this.writer = writer;
  }

  /** Returns the stored meta of an entity, or {@link #NONE} if nothing is stored. */
  public static Meta of(byte @Nullable [] stored) {
    return stored == null ? NONE : decode(stored);
  }

  /** Reads what {@link #encoded} wrote. */
  public static Meta decode(byte[] bytes) {
    boolean hasWriter = bytes.length == LENGTH;
    if ((!hasWriter && bytes.length != SHORT_LENGTH) || bytes[0] != FORMAT) {
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
        Arrays.copyOfRange(bytes, 1 + VERSION_LENGTH, SHORT_LENGTH - Long.BYTES - 1),
        ByteBuffer.wrap(bytes).getLong(SHORT_LENGTH - Long.BYTES - 1),
        bytes[SHORT_LENGTH - 1],
        hasWriter
            ? new SchemaVersion(ByteBuffer.wrap(bytes).getInt(SHORT_LENGTH))
            : SchemaVersion.UNKNOWN);
  }

  public boolean exists() {
    return !Arrays.equals(version, NONE.version);
  }

  /** Returns the versionstamp of the last state change; zero if the entity does not exist. */
  public byte[] version() {
    return version;
  }

  /** Returns the version of the server's types that wrote the state last. */
  public SchemaVersion writer() {
    return writer;
  }

  /** Returns the last message popped; zero if there was none. */
  public byte[] head() {
    return head;
  }

  /** Returns how many messages were popped since the queue was last found empty. */
  public long popped() {
    return popped;
  }

  /** Returns a copy after pops. */
  public Meta popped(byte[] newHead, int count) {
    return new Meta(version, newHead, popped + count, flags, writer);
  }

  /** Returns a copy after messages after the head were taken out of the queue. */
  public Meta removed(int count) {
    return new Meta(version, head, popped + count, flags, writer);
  }

  /** Returns a copy for an empty queue, with the count reset. */
  public Meta withoutPops() {
    return new Meta(version, head, 0, flags, writer);
  }

  /** Returns a copy without a state. */
  public Meta withoutState() {
    return new Meta(NONE.version, head, popped, flags, SchemaVersion.UNKNOWN);
  }

  public boolean has(Flag flag) {
    return (flags & flag.bit) != 0;
  }

  /** Returns whether there is neither a state nor a flag, so that nothing needs to be kept. */
  public boolean isTraceless() {
    return !exists() && flags == 0;
  }

  /** Returns a copy with a flag. */
  public Meta with(Flag flag) {
    return new Meta(version, head, popped, flags | flag.bit, writer);
  }

  /** Returns a copy without a flag. */
  public Meta without(Flag flag) {
    return new Meta(version, head, popped, flags & ~flag.bit, writer);
  }

  /** Returns the value to set when the state does not change. */
  public byte[] encoded() {
    return encode(version, writer);
  }

  /**
   * Returns the operand that sets the value with the versionstamp of the commit as the new version.
   */
  public byte[] versionstampOperand(SchemaVersion by) {
    return KeyLayout.withOffset(encode(new byte[VERSION_LENGTH], by), 1);
  }

  private byte[] encode(byte[] stamp, SchemaVersion by) {
    return ByteBuffer.allocate(LENGTH)
        .put(FORMAT)
        .put(stamp)
        .put(head)
        .putLong(popped)
        .put((byte) flags)
        .putInt(by.number())
        .array();
  }
}
