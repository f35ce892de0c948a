package io.dgen.internal.store.rocks;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * What an owner says of itself again and again: that it lives, and up to where it has acknowledged.
 *
 * @param beat grows with each time that it is written
 * @param group the number of the last group that is durable, so that its commits may have been
 *     acknowledged
 * @param ceiling the version that was made durable with that group
 * @param released whether the owner has given the directory up
 */
record SyncProgress(long beat, long group, long ceiling, boolean released) {

  /** How long its encoded form is. */
  static final int BYTES = Integer.BYTES + 3 * Long.BYTES + 1 + Integer.BYTES;

  private static final int MAGIC = 0x64676E31;

  /** Returns the same in a form that shows whether it was torn. */
  ByteBuffer encoded() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.putInt(MAGIC).putLong(beat).putLong(group).putLong(ceiling);
    bytes.put((byte) (released ? 1 : 0));
    return bytes.putInt(checksum(bytes.array(), 0)).flip();
  }

  /** Reads the form at an offset; null if there is none or a torn one. */
  static @Nullable SyncProgress decoded(byte[] from, int offset) {
    if (offset + BYTES > from.length) {
      return null;
    }
    ByteBuffer bytes = ByteBuffer.wrap(from, offset, BYTES);
    if (bytes.getInt() != MAGIC) {
      return null;
    }
    SyncProgress progress =
        new SyncProgress(bytes.getLong(), bytes.getLong(), bytes.getLong(), bytes.get() != 0);
    return bytes.getInt() == checksum(from, offset) ? progress : null;
  }

  private static int checksum(byte[] bytes, int offset) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, offset, BYTES - Integer.BYTES);
    return (int) sum.getValue();
  }
}
