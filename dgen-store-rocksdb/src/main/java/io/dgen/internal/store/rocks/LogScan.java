package io.dgen.internal.store.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * Reads RocksDB's logs without RocksDB, to find the newest intact group in them, even after damage.
 * RocksDB recovers up to the first damage; an intact group after it shows that something
 * acknowledged is lost, since a group is written only when the one before it is durable.
 *
 * <p>A log is a sequence of blocks of 32 KiB. A record has a checksum, a length and a type, and
 * lies in one block; a group that is longer is a first, some middle and a last record.
 */
final class LogScan {

  private static final int BLOCK = 32 << 10;
  private static final int HEADER = 7;
  private static final int FULL = 1;
  private static final int FIRST = 2;
  private static final int MIDDLE = 3;
  private static final int LAST = 4;

  /** The current block. */
  private final byte[] bytes = new byte[BLOCK];

  private long newestGroup;

  /** The end of the group that is being assembled. */
  private byte[] tail = new byte[0];

  private boolean inGroup;

  private LogScan() {}

  /**
   * Returns the number of the newest intact group in any log of a directory; 0 if there is none.
   */
  static long newestGroup(Path files) throws IOException {
    LogScan scan = new LogScan();
    for (Path log : logs(files)) {
      scan.read(log);
    }
    return scan.newestGroup;
  }

  /** Returns the logs of a directory. */
  static List<Path> logs(Path files) throws IOException {
    try (Stream<Path> entries = Files.list(files)) {
      return new ArrayList<>(
          entries.filter(path -> path.getFileName().toString().matches("\\d+\\.log")).toList());
    }
  }

  private void read(Path log) throws IOException {
    inGroup = false;
    try (FileChannel channel = OwnFiles.open(log, StandardOpenOption.READ)) {
      ByteBuffer block = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      boolean more = true;
      while (more) {
        block.clear();
        while (block.hasRemaining() && more) {
          more = channel.read(block) >= 0;
        }
        block.flip();
        readBlock(block);
      }
    }
  }

  /** Reads the records of a block, up to the first damaged one. */
  private void readBlock(ByteBuffer block) {
    while (block.remaining() >= HEADER) {
      int checksum = block.getInt();
      int length = Short.toUnsignedInt(block.getShort());
      byte type = block.get();
      if (length > block.remaining() || checksum != checksum(block.position(), length)) {
        inGroup = false;
        return;
      }
      readRecord(type, block.position(), length);
      block.position(block.position() + length);
    }
  }

  /** Returns RocksDB's checksum of the data at an offset and of the type before it. */
  private int checksum(int offset, int length) {
    CRC32C sum = new CRC32C();
    sum.update(bytes, offset - 1, 1 + length);
    return Integer.rotateRight((int) sum.getValue(), 15) + 0xA282EAD8;
  }

  private void readRecord(byte type, int offset, int length) {
    switch (type) {
      case FULL -> {
        inGroup = false;
        tail = new byte[0];
        append(offset, length);
        finish();
      }
      case FIRST -> {
        inGroup = true;
        tail = new byte[0];
        append(offset, length);
      }
      case MIDDLE -> append(offset, length);
      case LAST -> {
        append(offset, length);
        if (inGroup) {
          finish();
        }
        inGroup = false;
      }
      default -> {
        // Not a record with data.
      }
    }
  }

  private void append(int offset, int length) {
    int fromNew = Math.min(length, GroupNumber.ENTRIES_BYTES);
    int fromOld = Math.min(tail.length, GroupNumber.ENTRIES_BYTES - fromNew);
    byte[] longer = Arrays.copyOfRange(tail, tail.length - fromOld, tail.length + fromNew);
    System.arraycopy(bytes, offset + length - fromNew, longer, fromOld, fromNew);
    tail = longer;
  }

  private void finish() {
    newestGroup = Math.max(newestGroup, GroupNumber.atEndOf(tail));
  }
}
