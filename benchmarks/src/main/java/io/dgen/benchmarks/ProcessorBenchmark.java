package io.dgen.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.annotation.processing.Processor;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * What the annotation processor adds to a compile of 1, 10 and 100 interfaces, and of one with 300
 * messages. The floor is the same compile without it, in which what it generates is given as
 * sources. Beside it are a processor that does nothing, since javac starts anew for any, and one
 * that writes the same files from memory, since they have to be written and read.
 *
 * <p>One JVM compiles everything, as a build tool's does; the processor's classes are loaded anew
 * for each compile, as a build tool does too, and those of the other two are not. The four compiles
 * of a round follow each other, each time in another order. Times are medians of the second half of
 * the rounds, in milliseconds, and ratios are medians of the ratios within a round.
 */
public final class ProcessorBenchmark {

  private static final String CLASS_PATH = System.getProperty("java.class.path");
  private static final JavaCompiler JAVAC = ToolProvider.getSystemJavaCompiler();
  private static final List<String> OURS =
      List.of(
          "-processorpath",
          CLASS_PATH,
          "-processor",
          "io.dgen.processor.DistributedServerProcessor");

  /** How a round compiles. */
  private enum Way {
    FLOOR,
    IDLE,
    ECHO,
    PROCESSOR
  }

  private ProcessorBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param args how many rounds the smallest case has; 40 if it is not given
   * @throws IOException if a file cannot be written
   */
  public static void main(String[] args) throws IOException {
    int rounds = args.length == 0 ? 40 : Integer.parseInt(args[0]);
    System.out.println(
        "| interfaces | messages of each | floor, ms | with the processor, ms | idle | echo |"
            + " processor | processor to echo |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    measure(1, 5, rounds);
    measure(10, 5, rounds);
    measure(100, 5, Math.max(2, rounds / 4));
    measure(1, 300, Math.max(2, rounds / 2));
  }

  private static void measure(int interfaces, int messages, int rounds) throws IOException {
    Path directory = Files.createTempDirectory("dgen-processor");
    try {
      List<Path> written = new ArrayList<>();
      for (int i = 0; i < interfaces; i++) {
        written.add(write(directory.resolve("source/bench"), "Server" + i, messages - 5));
      }
      Path output = Files.createDirectory(directory.resolve("output"));
      Path generated = Files.createDirectory(directory.resolve("generated"));
      List<String> options = new ArrayList<>(OURS);
      options.addAll(List.of("-s", generated.toString()));
      compile(written, output, options, null);
      Map<String, String> texts = texts(generated);
      List<Path> everything = new ArrayList<>(written);
      try (Stream<Path> files = Files.walk(generated)) {
        files.filter(it -> it.toString().endsWith(".java")).forEach(everything::add);
      }
      Map<Way, double[]> times = new EnumMap<>(Way.class);
      for (Way way : Way.values()) {
        times.put(way, new double[rounds]);
      }
      for (int i = 0; i < rounds; i++) {
        for (int j = 0; j < Way.values().length; j++) {
          Way way = Way.values()[(i + j) % Way.values().length];
          of(times, way)[i] =
              switch (way) {
                case FLOOR -> compile(everything, output, List.of("-proc:none"), null);
                case IDLE -> compile(everything, output, List.of(), new EchoProcessor(Map.of()));
                case ECHO -> compile(written, output, List.of(), new EchoProcessor(texts));
                case PROCESSOR -> compile(written, output, options, null);
              };
        }
      }
      double[] floor = of(times, Way.FLOOR);
      double[] processor = of(times, Way.PROCESSOR);
      System.out.printf(
          Locale.ROOT,
          "| %d | %d | %.0f | %.0f | %.2f | %.2f | %.2f | %.2f |%n",
          interfaces,
          messages,
          median(floor),
          median(processor),
          ratio(of(times, Way.IDLE), floor),
          ratio(of(times, Way.ECHO), floor),
          ratio(processor, floor),
          ratio(processor, of(times, Way.ECHO)));
    } finally {
      delete(directory);
    }
  }

  private static double[] of(Map<Way, double[]> times, Way way) {
    return Objects.requireNonNull(times.get(way));
  }

  private static double compile(
      List<Path> sources, Path output, List<String> options, @Nullable Processor processor)
      throws IOException {
    long start = System.nanoTime();
    try (StandardJavaFileManager files = JAVAC.getStandardFileManager(null, null, null)) {
      List<String> all = new ArrayList<>(options);
      all.addAll(List.of("--release", "21", "-cp", CLASS_PATH, "-d", output.toString()));
      JavaCompiler.CompilationTask task =
          JAVAC.getTask(null, files, null, all, null, files.getJavaFileObjectsFromPaths(sources));
      if (processor != null) {
        task.setProcessors(List.of(processor));
      }
      boolean isDone = task.call();
      if (!isDone) {
        throw new IllegalStateException("the sources do not compile");
      }
    }
    return (System.nanoTime() - start) / 1e6;
  }

  /** The generated sources, by the qualified names of their classes. */
  private static Map<String, String> texts(Path generated) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> files = Files.walk(generated)) {
      for (Path file : files.filter(it -> it.toString().endsWith(".java")).toList()) {
        String path = generated.relativize(file).toString().replace('/', '.');
        texts.put(path.substring(0, path.length() - ".java".length()), Files.readString(file));
      }
    }
    return texts;
  }

  private static double median(double[] values) {
    double[] warm = Arrays.copyOfRange(values, values.length / 2, values.length);
    Arrays.sort(warm);
    return warm[warm.length / 2];
  }

  private static double ratio(double[] times, double[] others) {
    double[] ratios = new double[times.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = times[i] / others[i];
    }
    return median(ratios);
  }

  /** Calls like the others, to be more of them. */
  private static String more(int messages) {
    return IntStream.range(0, messages)
        .mapToObj(
            i ->
                """
                  record Ask%1$d(String id, long amount) implements Call<Long> {}

                  long handleCall(Ask%1$d message, State state);

                """
                    .formatted(i))
        .collect(Collectors.joining());
  }

  private static Path write(Path directory, String name, int more) throws IOException {
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

        %s}
        """
            .formatted(name, more(more)));
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
