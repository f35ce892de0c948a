package io.dgen.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * What the annotation processor adds to a compile of 1 and of 100 interfaces. The floor is the same
 * compile without it, in which what it generates is given as sources.
 *
 * <p>One JVM compiles everything, as a build tool's does; the processor's classes are loaded anew
 * for each compile, as a build tool does too. Times are medians, in milliseconds.
 */
public final class ProcessorBenchmark {

  private static final String CLASS_PATH = System.getProperty("java.class.path");
  private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();

  private ProcessorBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args none
   * @throws IOException if a file cannot be written
   */
  public static void main(String[] args) throws IOException {
    System.out.println("| interfaces | with the processor, ms | without, ms | ratio |");
    System.out.println("|---|---|---|---|");
    measure(1, 40);
    measure(100, 8);
  }

  /** The first half of the rounds warms up. */
  private static void measure(int interfaces, int rounds) throws IOException {
    Path directory = Files.createTempDirectory("dgen-processor");
    try {
      List<Path> written = new ArrayList<>();
      for (int i = 0; i < interfaces; i++) {
        written.add(write(directory.resolve("source/bench"), "Server" + i));
      }
      Path output = Files.createDirectory(directory.resolve("output"));
      Path generated = Files.createDirectory(directory.resolve("generated"));
      List<String> with =
          List.of(
              "-processorpath",
              CLASS_PATH,
              "-processor",
              "io.dgen.processor.DistributedServerProcessor",
              "-s",
              generated.toString());
      compile(written, output, with);
      List<Path> everything = new ArrayList<>(written);
      try (Stream<Path> files = Files.walk(generated)) {
        files.filter(it -> it.toString().endsWith(".java")).forEach(everything::add);
      }
      double[] processed = new double[rounds];
      double[] plain = new double[rounds];
      for (int i = 0; i < rounds; i++) {
        processed[i] = compile(written, output, with);
        plain[i] = compile(everything, output, List.of("-proc:none"));
      }
      double median = median(processed);
      double floor = median(plain);
      System.out.printf(
          Locale.ROOT, "| %d | %.0f | %.0f | %.2f |%n", interfaces, median, floor, median / floor);
    } finally {
      delete(directory);
    }
  }

  private static double compile(List<Path> sources, Path output, List<String> options)
      throws IOException {
    long start = System.nanoTime();
    try (StandardJavaFileManager files = JAVAC.getStandardFileManager(null, null, null)) {
      List<String> all = new ArrayList<>(options);
      all.addAll(List.of("--release", "21", "-cp", CLASS_PATH, "-d", output.toString()));
      boolean isDone =
          JAVAC
              .getTask(null, files, null, all, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      if (!isDone) {
        throw new IllegalStateException("the sources do not compile");
      }
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static double median(double[] times) {
    double[] warm = Arrays.copyOfRange(times, times.length / 2, times.length);
    Arrays.sort(warm);
    return warm[warm.length / 2];
  }

  private static Path write(Path directory, String name) throws IOException {
    Files.createDirectories(directory);
    return Files.writeString(
        directory.resolve(name + ".java"),
        """
        package bench;

        import io.dgen.*;
        import io.dgen.annotations.DistributedServer;
        import java.time.Instant;
        import java.util.*;

        @DistributedServer
        public interface %s {
          record Line(String id, String article, int amount, long cents) {}

          record State(String customer, List<Line> lines, Map<String, Long> discounts,
              Optional<Instant> paid) {}

          record Add(Line line) implements Cast {}

          record Remove(String line) implements Call<Boolean> {}

          record Total() implements Call<Long> {}

          record Pay(Instant when) implements Call<Void> {}

          record Seen(String by) implements Info {}

          State init();

          State handleCast(Add message, State state);

          Reply<Boolean, State> handleCall(Remove message, State state);

          long handleCall(Total message, State state);

          CallResult<Void, State> handleCall(Pay message, State state);

          State handleInfo(Seen message, State state, Context context);
        }
        """
            .formatted(name));
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(
              it -> {
                try {
                  Files.delete(it);
                } catch (IOException failure) {
                  throw new UncheckedIOException(failure);
                }
              });
    }
  }
}
