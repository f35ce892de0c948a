package io.dgen.store.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JVM of its own that uses a store: see {@link StoreProcess}. */
final class ChildProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private ChildProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /**
   * Starts {@link StoreProcess}.
   *
   * @param temporary its temporary directory
   */
  static ChildProcess start(String mode, Path directory, Path temporary) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+IgnoreUnrecognizedVMOptions",
                "-Dslf4j.internal.verbosity=ERROR",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("java.class.path"),
                StoreProcess.class.getName(),
                mode,
                directory.toString()));
    return new ChildProcess(builder.redirectErrorStream(true).start());
  }

  long pid() {
    return process.pid();
  }

  /** The next line it prints; null if it has ended. */
  @Nullable String readLine() throws IOException {
    return output.readLine();
  }

  /** Ends it as a power cut would, and waits until it is gone. */
  void kill() {
    // Through the handle: the process itself would also close the output, with lines still in it.
    var unused = process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
