package io.dgen.internal.store.rocks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The identity of an owner's process, so that another one on the same machine can see whether it is
 * still running. A process id alone is not enough, since ids are reused.
 *
 * @param pid the process id
 * @param machine the scope of the id: on Linux the boot and the namespace of process ids, so that
 *     containers and machines that share a directory are distinguished; elsewhere the system's name
 * @param start when the process began, as the system counts it; not compared with a clock
 */
record ProcessIdentity(long pid, String machine, String start) {

  /** What is known of a process. */
  enum Life {
    /** It is the asking process. */
    THIS,
    /** It is running. */
    ALIVE,
    /** It has ended. */
    DEAD,
    /** It belongs to another machine or container, or the system gives no answer. */
    UNKNOWN
  }

  private static final Path PROC = Path.of("/proc");
  private static final String NOT_SAID = "?";

  /**
   * The position of the start time in {@code /proc/pid/stat} after the name: the state comes first.
   */
  private static final int START_TIME = 19;

  static ProcessIdentity current() {
    long pid = ProcessHandle.current().pid();
    if (!isLinux()) {
      return new ProcessIdentity(pid, "system", startOf(ProcessHandle.current()));
    }
    String start = NOT_SAID;
    try {
      start = stat(pid)[START_TIME];
    } catch (IOException | RuntimeException e) {
      // Without /proc the answer is unknown; an owner is then watched.
    }
    return new ProcessIdentity(pid, thisMachine(), start);
  }

  /** Returns what the asking process can tell about this one. */
  Life seenFrom(ProcessIdentity asking) {
    if (machine.contains(NOT_SAID)
        || start.equals(NOT_SAID)
        || !machine.equals(asking.machine)
        || asking.start.equals(NOT_SAID)) {
      return Life.UNKNOWN;
    }
    if (equals(asking)) {
      return Life.THIS;
    }
    return isLinux() ? fromProc() : fromHandle();
  }

  private Life fromProc() {
    try {
      String[] fields = stat(pid);
      return fields[START_TIME].equals(start) && !hasEnded(fields[0]) ? Life.ALIVE : Life.DEAD;
    } catch (NoSuchFileException e) {
      return Life.DEAD;
    } catch (IOException | RuntimeException e) {
      // A process that ends while it is read gives an error, as does one that is hidden.
      return Life.UNKNOWN;
    }
  }

  /**
   * Returns whether the process has ended. A process whose first thread has ended lives on as long
   * as another of its threads does.
   */
  private boolean hasEnded(String state) throws IOException {
    if (!state.equals("Z")) {
      return state.equalsIgnoreCase("X");
    }
    try (Stream<Path> threads = Files.list(PROC.resolve(Long.toString(pid)).resolve("task"))) {
      return threads.count() <= 1;
    }
  }

  private Life fromHandle() {
    Optional<ProcessHandle> handle = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
    // Another machine may share the directory: a process that is not seen here is not dead.
    return handle.isPresent() && startOf(handle.get()).equals(start) ? Life.ALIVE : Life.UNKNOWN;
  }

  private static String startOf(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toString).orElse(NOT_SAID);
  }

  private static String[] stat(long pid) throws IOException {
    byte[] bytes = Files.readAllBytes(PROC.resolve(Long.toString(pid)).resolve("stat"));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    // The name of the program, in parentheses, may contain anything.
    return text.substring(text.lastIndexOf(')') + 2).strip().split(" ", -1);
  }

  private static String thisMachine() {
    try {
      return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip()
          + "/"
          + Files.readSymbolicLink(PROC.resolve("self/ns/pid"));
    } catch (IOException | RuntimeException e) {
      return NOT_SAID;
    }
  }

  /** Returns the part of {@link #machine} that is the same for all containers of a machine. */
  String boot() {
    int end = machine.indexOf('/');
    return end < 0 ? machine : machine.substring(0, end);
  }

  /** Returns whether {@link #boot} identifies a boot of one machine. */
  boolean hasBoot() {
    return machine.indexOf('/') > 0;
  }

  private static boolean isLinux() {
    return System.getProperty("os.name", "").startsWith("Linux");
  }
}
