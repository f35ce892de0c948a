package io.dgen.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.tests.faults.PlantedFault.Proof;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the tests: each patch of {@code src/test/faults} breaks a rule in a copy of the sources,
 * and the test that it names must fail then, within the seeds that it names, and pass without it. A
 * patch that does not apply any more fails too: the fault is to be planted anew.
 *
 * <p>{@code -Ddgen.faults=text} takes only the patches whose names contain a text.
 */
@Tag("long")
@Timeout(900)
class PlantedFaultsTest {

  private static final Path DIRECTORY = Path.of("src", "test", "faults");
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** The proofs of single classes of the runtime are there. */
  private static final Path RUNTIME_TESTS =
      ROOT.resolve(Path.of("dgen-runtime/target/test-classes"));

  private static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
          + File.pathSeparator
          + RUNTIME_TESTS;

  @TempDir Path directory;

  static Stream<PlantedFault> faults() throws IOException {
    String wanted = System.getProperty("dgen.faults", "");
    return PlantedFault.in(DIRECTORY).stream().filter(each -> each.toString().contains(wanted));
  }

  static Stream<Proof> proofs() throws IOException {
    return faults()
        .map(PlantedFault::proof)
        .collect(Collectors.toMap(Proof::test, each -> each, Proof::longer, TreeMap::new))
        .values()
        .stream();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void isFound(PlantedFault fault) throws IOException, InterruptedException {
    Path classes = compiled(fault);
    Run run = run(fault.proof(), classes + File.pathSeparator + CLASS_PATH);
    assertThat(run.code())
        .as("%s (%s) must be found by %s, which said: %s", fault, fault.rule(), fault.proof(), run)
        .isEqualTo(ProofRun.FOUND);
    System.out.println(fault + " was found by " + fault.proof() + ": " + run.firstLine());
  }

  @ParameterizedTest
  @MethodSource("proofs")
  void passesWithoutFault(Proof proof) throws IOException, InterruptedException {
    Run run = run(proof, CLASS_PATH);
    assertThat(run.code())
        .as("%s must pass without a fault, and said: %s", proof, run)
        .isEqualTo(ProofRun.PASSED);
  }

  /** Patches a copy of what the fault changes, and compiles it against all the rest. */
  private Path compiled(PlantedFault fault) throws IOException, InterruptedException {
    List<Path> copies = new ArrayList<>();
    for (Path source : fault.sources()) {
      Path copy = directory.resolve(source);
      Files.createDirectories(copy.getParent());
      Files.copy(ROOT.resolve(source), copy);
      copies.add(copy);
    }
    // Out of any repository, or git would leave out what is not below its root.
    ProcessBuilder git =
        new ProcessBuilder("git", "apply", fault.file().toAbsolutePath().toString())
            .directory(directory.toFile());
    git.environment()
        .put("GIT_CEILING_DIRECTORIES", directory.resolve("..").normalize().toString());
    Run applied = output(git);
    assertThat(applied.code())
        .as("%s must apply; plant its fault anew: %s", fault, applied)
        .isZero();
    Path classes = Files.createDirectory(directory.resolve("classes"));
    compile(fault, copies, classes);
    return classes;
  }

  private static void compile(PlantedFault fault, List<Path> sources, Path classes)
      throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(problems, null, StandardCharsets.UTF_8)) {
      List<String> options =
          List.of(
              "--release",
              "21",
              "-g",
              "-nowarn",
              "-proc:none",
              "-implicit:none",
              "-d",
              classes.toString(),
              "-cp",
              CLASS_PATH);
      boolean compiles =
          compiler
              .getTask(
                  null, files, problems, options, null, files.getJavaFileObjectsFromPaths(sources))
              .call();
      assertThat(compiles)
          .as("%s must compile; plant its fault anew: %s", fault, problems.getDiagnostics())
          .isTrue();
    }
  }

  private Run run(Proof proof, String classPath) throws IOException, InterruptedException {
    // Too long for a command line.
    Path arguments = directory.resolve("arguments");
    Files.writeString(arguments, "-cp \"" + classPath.replace("\\", "\\\\") + "\"");
    ProcessBuilder java =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + arguments,
            "-Xmx512m",
            "-XX:+IgnoreUnrecognizedVMOptions",
            // Lincheck loads an agent, of which the JVM warns.
            "-XX:+EnableDynamicAgentLoading",
            "-XX:-PrintWarnings",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-Dslf4j.provider=io.dgen.tests.harness.TestLogging",
            "-Dslf4j.internal.verbosity=ERROR",
            "-D" + proof.seeds(),
            ProofRun.class.getName(),
            proof.test());
    // It writes its log below its own directory.
    Files.createDirectories(directory.resolve("target"));
    return output(java.directory(directory.toFile()));
  }

  /** What a process said, and with which code it ended. */
  private record Run(int code, String text) {

    String firstLine() {
      return text.lines().findFirst().orElse("");
    }

    @Override
    public String toString() {
      return "code " + code + ", " + text.lines().limit(20).collect(Collectors.joining("\n"));
    }
  }

  private static Run output(ProcessBuilder command) throws IOException, InterruptedException {
    Process process = command.redirectErrorStream(true).start();
    byte[] bytes = process.getInputStream().readAllBytes();
    return new Run(process.waitFor(), new String(bytes, StandardCharsets.UTF_8));
  }
}
