package io.dgen.internal.engine.cluster;

import io.dgen.internal.engine.format.Address;
import io.dgen.internal.engine.format.Hashes;
import io.dgen.internal.engine.format.KeyLayout;
import io.dgen.internal.engine.format.NodeId;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records which queued messages a node is running at this moment, in a mapped file: it outlives the
 * process however that ends, since the operating system keeps what was written to the mapping. It
 * is never synced. After a crash of the machine it may be stale or torn, which costs accuracy and
 * nothing else. Thread-safe.
 *
 * <p>The file is a header and {@link #SLOTS} slots, each of which one thread writes at a time: the
 * place of the message, then, as a release, that the slot is in use. If all slots are taken, the
 * header says so, and readers treat the file as incomplete.
 */
public final class FlightRecorder implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FlightRecorder.class);

  /** A recorder that does nothing: for a store without a place on this machine. */
  static final FlightRecorder NONE = new FlightRecorder(null, null);

  private static final String PREFIX = "running-";
  private static final int MAGIC = 0x6467_656e;
  private static final int OVERFLOWED_AT = 4;
  private static final int HEADER = 32;
  private static final int SLOT = 32;
  private static final int ENTITY_AT = 16;
  private static final int USED_AT = 24;
  private static final int SLOTS = 1024;

  /** The recording of a round that has nothing to record. */
  public static final Recording NO_RECORDING =
      new Recording() {
        @Override
        public void running(byte[] stamp) {}

        @Override
        public void close() {}
      };

  /** For a buffer that begins at a page, as a mapping does. */
  private static final VarHandle INT =
      MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private final @Nullable Path file;
  private final @Nullable ByteBuffer mapping;
  private final ConcurrentLinkedQueue<Integer> free = new ConcurrentLinkedQueue<>();

  private FlightRecorder(@Nullable Path file, @Nullable ByteBuffer mapping) {
    this.file = file;
    this.mapping = mapping;
    if (mapping != null) {
      for (int slot = 0; slot < SLOTS; slot++) {
        free.add(slot);
      }
    }
  }

  /**
   * A message that was running.
   *
   * @param stamp its place in the queue as hexadecimal digits, so that it can be compared
   * @param entity the hash of the entity's address
   */
  record Flight(String stamp, long entity) {

    static Flight of(Address address, byte[] stamp) {
      return new Flight(HexFormat.of().formatHex(stamp), hash(address));
    }
  }

  private static long hash(Address address) {
    return Hashes.of(address.server(), address.id());
  }

  /** Creates the file of a node; if that fails, returns a recorder that does nothing. */
  public static FlightRecorder create(Optional<Path> directory, NodeId node) {
    if (directory.isEmpty()) {
      return NONE;
    }
    Path file = file(directory.get(), node);
    try {
      Files.createDirectories(directory.get());
      try (FileChannel channel =
          FileChannel.open(
              file,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE)) {
        // Written, not left sparse: on a full disk, a mapped page without a block would fault
        // later.
        ByteBuffer zeros = ByteBuffer.allocate(HEADER + SLOTS * SLOT).putInt(0, MAGIC);
        while (zeros.hasRemaining()) {
          channel.write(zeros);
        }
        return new FlightRecorder(
            file, channel.map(FileChannel.MapMode.READ_WRITE, 0, HEADER + (long) SLOTS * SLOT));
      }
    } catch (IOException e) {
      LOG.warn(
          "cannot create {}: {}; if a message crashes this process, the next one will not know"
              + " which, and will try the first message of each queue alone",
          file,
          e.toString());
      return NONE;
    }
  }

  private static Path file(Path directory, NodeId node) {
    return directory.resolve(PREFIX + node);
  }

  /** Begins to record one round of an entity, which one thread runs. */
  public Recording begin(Address address) {
    ByteBuffer to = mapping;
    if (to == null) {
      return NO_RECORDING;
    }
    Integer slot = free.poll();
    if (slot == null) {
      INT.setRelease(to, OVERFLOWED_AT, 1);
      return NO_RECORDING;
    }
    return new Slot(to, slot, hash(address));
  }

  /** The recording of one round. */
  public interface Recording extends AutoCloseable {

    /** Records which message the round is about to run, in place of the previous one. */
    void running(byte[] stamp);

    /** Records that the round runs no message any more. */
    @Override
    void close();
  }

  private final class Slot implements Recording {

    private final ByteBuffer to;
    private final int slot;
    private final int at;
    private final long entity;

    Slot(ByteBuffer to, int slot, long entity) {
      this.to = to;
      this.slot = slot;
      this.at = HEADER + slot * SLOT;
      this.entity = entity;
    }

    @Override
    public void running(byte[] stamp) {
      INT.setRelease(to, at + USED_AT, 0);
      to.put(at, stamp);
      to.putLong(at + ENTITY_AT, entity);
      INT.setRelease(to, at + USED_AT, 1);
    }

    @Override
    public void close() {
      INT.setRelease(to, at + USED_AT, 0);
      free.add(slot);
    }
  }

  /**
   * Reads which messages a node was running.
   *
   * @return empty if there is no file of that node here, or the file is inconclusive
   */
  static Optional<Set<Flight>> read(Optional<Path> directory, NodeId node) {
    if (directory.isEmpty()) {
      return Optional.empty();
    }
    Path file = file(directory.get(), node);
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      if (bytes.remaining() != HEADER + SLOTS * SLOT
          || bytes.getInt(0) != MAGIC
          || bytes.getInt(OVERFLOWED_AT) != 0) {
        return Optional.empty();
      }
      Set<Flight> flights = new HashSet<>();
      for (int at = HEADER; at < bytes.limit(); at += SLOT) {
        if (bytes.getInt(at + USED_AT) != 0) {
          byte[] stamp = new byte[KeyLayout.STAMP_LENGTH];
          bytes.get(at, stamp);
          flights.add(new Flight(HexFormat.of().formatHex(stamp), bytes.getLong(at + ENTITY_AT)));
        }
      }
      return Optional.of(Set.copyOf(flights));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      LOG.warn("cannot read {}: {}", file, e.toString());
      return Optional.empty();
    }
  }

  /** Returns the existing files. */
  public static List<Path> files(Optional<Path> directory) {
    List<Path> found = new ArrayList<>(0);
    if (directory.isPresent() && Files.isDirectory(directory.get())) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory.get(), PREFIX + "*")) {
        files.forEach(found::add);
      } catch (IOException | DirectoryIteratorException e) {
        LOG.warn("cannot list {}: {}", directory.get(), e.toString());
      }
    }
    return found;
  }

  /**
   * Removes the files of nodes that are gone.
   *
   * @param files the files that existed before the nodes were read: a node creates its file after
   *     its row
   */
  public static void sweep(List<Path> files, Set<NodeId> known) {
    for (Path file : files) {
      NodeId node = nodeOf(file);
      if (node != null && !known.contains(node)) {
        delete(file);
      }
    }
  }

  private static @Nullable NodeId nodeOf(Path file) {
    try {
      return new NodeId(UUID.fromString(file.getFileName().toString().substring(PREFIX.length())));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Removes the file, since the node ends normally. */
  @Override
  public void close() {
    if (file != null) {
      delete(file);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // Some systems keep mapped files: a later start removes it.
      LOG.debug("cannot remove {}", file, e);
    }
  }
}
