package io.dgen.internal.store.rocks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The permanent part of an owner's file: which process it is, which directory it has taken, and for
 * which incarnation of the store.
 *
 * @param process the process
 * @param inode the number of the directory within its file system, or its path if there are no such
 *     numbers
 * @param device the file system, numbered afresh at each boot; may be empty
 * @param incarnation the store's incarnation
 * @param since when the owner opened it, for messages only
 */
record OwnerRecord(
    ProcessIdentity process, String inode, String device, String incarnation, Instant since) {

  private static final Pattern TEXT =
      Pattern.compile(
          """
          (pid=(\\d{1,18})
          machine=(.*)
          start=(.*)
          inode=(.*)
          device=(.*)
          incarnation=([0-9a-f]{32})
          since=(-?\\d{1,18})
          )check=([0-9a-f]{8})
          """);

  /** Returns a record for this process as the owner of a directory. */
  static OwnerRecord ofThisProcess(Path directory, String incarnation, Instant now)
      throws IOException {
    String inode;
    String device;
    if (directory.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      inode = String.valueOf(Files.getAttribute(directory, "unix:ino"));
      device = String.valueOf(Files.getAttribute(directory, "unix:dev"));
    } else {
      inode = "path " + directory.toRealPath();
      device = "";
    }
    return new OwnerRecord(
        ProcessIdentity.current(), inode, device, incarnation, now.truncatedTo(ChronoUnit.SECONDS));
  }

  /**
   * Returns whether both are about the same directory: a copy has another number, and so is free
   * although the record was copied with it.
   */
  boolean isOfSameDirectory(OwnerRecord other) {
    // Each machine numbers its file systems itself, afresh at each boot.
    boolean comparable = process.hasBoot() && process.boot().equals(other.process.boot());
    return inode.equals(other.inode) && (!comparable || device.equals(other.device));
  }

  byte[] encoded() {
    String text =
        "pid="
            + process.pid()
            + "\nmachine="
            + process.machine()
            + "\nstart="
            + process.start()
            + "\ninode="
            + inode
            + "\ndevice="
            + device
            + "\nincarnation="
            + incarnation
            + "\nsince="
            + since.getEpochSecond()
            + "\n";
    return (text + "check=" + check(text) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  /** Reads a record; returns null if it is incomplete. */
  static @Nullable OwnerRecord decoded(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    Matcher whole = TEXT.matcher(text);
    if (!whole.lookingAt() || !check(whole.group(1)).equals(whole.group(9))) {
      return null;
    }
    return new OwnerRecord(
        new ProcessIdentity(Long.parseLong(whole.group(2)), whole.group(3), whole.group(4)),
        whole.group(5),
        whole.group(6),
        whole.group(7),
        Instant.ofEpochSecond(Long.parseLong(whole.group(8))));
  }

  /** Returns a text for messages: {@code pid 17 since 2026-01-02T03:04:05Z}. */
  String described() {
    return "pid " + process.pid() + " since " + since;
  }

  /** Returns a checksum of a text, in hexadecimal. */
  static String check(String text) {
    CRC32C sum = new CRC32C();
    sum.update(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }
}
