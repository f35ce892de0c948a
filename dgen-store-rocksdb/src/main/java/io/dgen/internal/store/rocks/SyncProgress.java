package io.dgen.internal.store.rocks;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The periodic record of an owner: that it is alive, and up to where it has acknowledged.
 *
 * @param beat increases each time that it is written
 * @param group the number of the last durable group, whose commits may have been acknowledged
 * @param ceiling the version that was made durable with that group
 * @param released whether the owner has released the directory
 */
record SyncProgress(long beat, long group, long ceiling, boolean released) {

  /** The length of its encoded form. */
  static final int BYTES = Integer.BYTES + 3 * Long.BYTES + 1 + Integer.BYTES;

  private static final int MAGIC = 0x64676E31;

  /** Returns the encoded form, which shows whether it was torn. */
  ByteBuffer encoded() {
    ByteBuffer bytes = ByteBuffer.allocate(BYTES);
    bytes.putInt(MAGIC).putLong(beat).putLong(group).putLong(ceiling);
    bytes.put((byte) (released ? 1 : 0));
    return bytes.putInt(checksum(bytes.array(), 0)).flip();
  }

  /** Reads the form at an offset; returns null if there is none or a torn one. */
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
