package io.dgen.store.foundationdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.dgen.store.foundationdb.LibraryChild.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * FoundationDB's C library as a JVM may find it, each time in a JVM of its own: there is only one
 * try in each. Says the same whether the library is installed here or not.
 */
final class LibraryTest {

  @TempDir private Path directory;

  /** The second time the JVM fails with another error, as the class is broken by then. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void saysWhatToInstallEachTime() throws Exception {
    assertThat(run(Scenario.OPEN_THRICE, withoutLibrary()))
        .hasSize(3)
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith("io.dgen.error.DgenException: ")
                    .contains("libfdb_c")
                    .contains("foundationdb-clients")
                    .contains("FDB_LIBRARY_PATH_FDB_C")
                    .contains("LD_LIBRARY_PATH"));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void optionsAndErrorsNeedNoLibrary() throws Exception {
    assertThat(run(Scenario.OPTIONS_AND_ERRORS, withoutLibrary())).singleElement().isEqualTo("ok");
  }

  @Test
  void saysWhichVersionOfTheApiAnotherPartOfTheJvmChose() throws Exception {
    List<String> lines = run(Scenario.OTHER_API_VERSION, "");
    assumeFalse(
        lines.contains(LibraryChild.NO_LIBRARY), "FoundationDB's C library is not installed here");
    assertThat(lines)
        .singleElement()
        .asString()
        .startsWith("io.dgen.error.DgenException: ")
        .contains("API version 710")
        .contains("FDB.selectAPIVersion(730)");
  }

  /** A directory in which the library is found, and is none. */
  private String withoutLibrary() throws IOException {
    Files.createFile(directory.resolve("libfdb_c.so"));
    return directory.toString();
  }

  private List<String> run(Scenario scenario, String libraryPath) throws Exception {
    Path errors = directory.resolve("errors");
    ProcessBuilder child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                LibraryChild.class.getName(),
                scenario.name())
            .redirectError(errors.toFile());
    if (!libraryPath.isEmpty()) {
      child.environment().put("LD_LIBRARY_PATH", libraryPath);
    }
    Process process = child.start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    return lines;
  }
}
