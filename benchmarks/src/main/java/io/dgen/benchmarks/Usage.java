package io.dgen.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * What this process has used so far. What only Linux tells is zero elsewhere.
 *
 * @param nanos the time
 * @param cpuNanos CPU time of the process
 * @param nativeCpuNanos CPU time of RocksDB's own threads: flushes and compactions
 * @param writtenBytes what was written to the disk
 * @param residentBytes physical memory
 * @param heapBytes Java's heap in use
 */
record Usage(
    long nanos,
    long cpuNanos,
    long nativeCpuNanos,
    long writtenBytes,
    long residentBytes,
    long heapBytes) {

  /** The kernel's clock ticks, of 10 ms on every platform that Java runs on. */
  private static final long TICK_NANOS = 10_000_000;

  /** What has been used up to now. */
  static Usage now() {
    Runtime runtime = Runtime.getRuntime();
    return new Usage(
        System.nanoTime(),
        processCpu(),
        nativeCpu(),
        number("/proc/self/io", "write_bytes:"),
        number("/proc/self/status", "VmRSS:") * 1024,
        runtime.totalMemory() - runtime.freeMemory());
  }

  /** The part of a core that flushes and compactions took since then. */
  double nativeCoreSince(Usage before) {
    return (nativeCpuNanos - before.nativeCpuNanos) / (double) (nanos - before.nanos);
  }

  /** Megabytes a second written to the disk since then. */
  double megabytesASecondSince(Usage before) {
    return (writtenBytes - before.writtenBytes) * 1e3 / (nanos - before.nanos);
  }

  /** How much a directory holds, also while files in it come and go. */
  static long sizeOf(Path directory) {
    LongAdder bytes = new LongAdder();
    try {
      Files.walkFileTree(
          directory,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              bytes.add(attributes.size());
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE; // It was deleted meanwhile.
              }
              throw e;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.sum();
  }

  private static long processCpu() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getProcessCpuTime()
        : 0;
  }

  private static long nativeCpu() {
    Path tasks = Path.of("/proc/self/task");
    if (!Files.isDirectory(tasks)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(tasks)) {
      return all.mapToLong(Usage::nativeCpuOf).sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long nativeCpuOf(Path task) {
    try {
      if (!Files.readString(task.resolve("comm")).startsWith("rocksdb:")) {
        return 0;
      }
      String stat = Files.readString(task.resolve("stat"));
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", 14);
      return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_NANOS;
    } catch (NoSuchFileException e) {
      return 0; // It has ended.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long number(String file, String name) {
    Path path = Path.of(file);
    if (!Files.isReadable(path)) {
      return 0;
    }
    try (Stream<String> lines = Files.lines(path)) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.toLowerCase(Locale.ROOT).replaceAll("\\D", ""))
          .mapToLong(Long::parseLong)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
