package io.dgen.tests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.tests.crash.ChildProcess.Mode;
import io.dgen.tests.harness.TestStores;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A child JVM as its parent sees it. */
final class Child implements AutoCloseable {

  private final Process process;
  private final InputStream output;
  private final Path errors;

  private Child(Process process, Path errors) {
    this.process = process;
    this.output = new BufferedInputStream(process.getInputStream());
    this.errors = errors;
  }

  static Child start(TestStores stores, Path data, Path errors, Mode mode) throws IOException {
    Process process =
        java(ChildProcess.class, data.toString(), mode.name(), stores.toString())
            .redirectError(errors.toFile())
            .start();
    return new Child(process, errors);
  }

  /** A JVM for a main class of the tests. It lives for a second: starting fast is what counts. */
  static ProcessBuilder java(Class<?> main, String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx128m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command);
  }

  long pid() {
    return process.pid();
  }

  String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = output.read(); next != '\n'; next = output.read()) {
      assertThat(next).as("the child ended: %s", Files.readString(errors)).isNotNegative();
      line.append((char) next);
    }
    return line.toString();
  }

  /** The count that the child found when it opened the store. */
  long value() throws IOException {
    String line = line();
    assertThat(line).startsWith("value ");
    return Long.parseLong(line.substring("value ".length()));
  }

  /** Reads so many acknowledgements. */
  void awaitAcknowledged(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      assertThat(output.read())
          .as("the child ended: %s", Files.readString(errors))
          .isEqualTo(ChildProcess.ACKNOWLEDGED);
    }
  }

  /**
   * Kills the child with SIGKILL.
   *
   * @return how many acknowledgements it had written that were not read yet
   */
  int kill() throws Exception {
    // Not Process.destroyForcibly, which closes the stream that is still to be read.
    assertThat(process.toHandle().destroyForcibly()).isTrue();
    int count = 0;
    for (int next = output.read(); next != -1; next = output.read()) {
      assertThat(next).isEqualTo(ChildProcess.ACKNOWLEDGED);
      count++;
    }
    process.waitFor();
    return count;
  }

  /** Lets a child that holds the store end. */
  int end() throws Exception {
    process.getOutputStream().close();
    return process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
