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
 * Which process an owner is, so that another one on the same machine can see whether it still runs.
 * A process id alone would not do, since ids come again.
 *
 * @param pid the process id
 * @param machine where the id means anything: on Linux the boot and the namespace of process ids,
 *     so that containers and machines that share a directory are told apart; elsewhere the system's
 *     name
 * @param start when the process began, as the system counts it; not compared with a clock
 */
record ProcessIdentity(long pid, String machine, String start) {

  /** What can be said of a process. */
  enum Life {
    /** It is the process that asks. */
    THIS,
    /** It runs. */
    ALIVE,
    /** It has ended. */
    DEAD,
    /** It belongs to another machine or container, or the system does not say. */
    UNKNOWN
  }

  private static final Path PROC = Path.of("/proc");
  private static final String NOT_SAID = "?";

  /** The fields of {@code /proc/pid/stat} behind the name: the state is the first of them. */
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
      // Without /proc nobody can tell; an owner is then watched.
    }
    return new ProcessIdentity(pid, thisMachine(), start);
  }

  /** What the asking process can say of this one. */
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
   * Returns whether the process has ended: one whose first thread has ended lives on as long as
   * another of its threads does.
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
    // A machine that is not this one may share the directory: what is not seen here is not dead.
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

  /** Returns whether {@link #boot} names a boot of one machine. */
  boolean hasBoot() {
    return machine.indexOf('/') > 0;
  }

  private static boolean isLinux() {
    return System.getProperty("os.name", "").startsWith("Linux");
  }
}
