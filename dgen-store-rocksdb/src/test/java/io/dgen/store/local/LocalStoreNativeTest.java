package io.dgen.store.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The native library is unpacked once, and nothing of it is left elsewhere. */
final class LocalStoreNativeTest {

  @TempDir private Path temporary;

  @Test
  void processesThatAreKilledLeaveNothingInTheTemporaryDirectory() throws Exception {
    Path data = temporary.resolve("data");
    Path tmp = Files.createDirectory(temporary.resolve("tmp"));
    List<Path> libraries = List.of();
    for (int kill = 0; kill < 3; kill++) {
      try (ChildProcess child = ChildProcess.start("hold", data, tmp)) {
        assertThat(child.readLine()).isEqualTo("open");
      }
      List<Path> found = libraries(data);
      assertThat(found).hasSize(1);
      assertThat(kill == 0 || found.equals(libraries)).isTrue();
      libraries = found;
    }
    assertThat(libraries(tmp)).isEmpty();
  }

  @Test
  void aTemporaryDirectoryThatIsMissingIsNotNeeded() throws Exception {
    Path data = temporary.resolve("data");
    Path copy = temporary.resolve("copy");
    Path missing = temporary.resolve("missing");
    assertThat(opened("hold", data, missing)).isEqualTo("open");
    StoreFiles.copy(data, copy);
    assertThat(opened("hold", copy, missing)).as("without a library of its own").isEqualTo("open");
  }

  @Test
  void aLibraryThatWasChangedIsNotLoaded() throws Exception {
    Path data = temporary.resolve("data");
    assertThat(opened("hold", data, temporary)).isEqualTo("open");
    Path library = libraries(data).getFirst();
    byte[] whole = Files.readAllBytes(library);
    byte[] changed = whole.clone();
    changed[whole.length / 2] ^= 1;
    Files.write(library, changed);
    assertThat(opened("hold", data, temporary)).isEqualTo("open");
    assertThat(library).hasBinaryContent(whole);
    Files.write(library, new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
    assertThat(opened("hold", data, temporary)).isEqualTo("open");
    assertThat(library).hasBinaryContent(whole);
  }

  @Test
  void aPlaceThatCannotBeUsedIsOneErrorThatNamesTheOption() throws Exception {
    Path data = temporary.resolve("data");
    Path file = Files.createFile(temporary.resolve("file"));
    assertThat(opened("native=" + file, data, temporary))
        .contains("native library")
        .contains(file.toString())
        .contains("LocalStoreOptions.withNativeDirectory");
    Path elsewhere = temporary.resolve("elsewhere");
    assertThat(opened("native=" + elsewhere, data, temporary)).isEqualTo("open");
    assertThat(libraries(elsewhere)).hasSize(1);
    assertThat(libraries(data)).isEmpty();
  }

  private String opened(String mode, Path data, Path tmp) throws IOException {
    try (ChildProcess child = ChildProcess.start(mode, data, tmp)) {
      String line = child.readLine();
      while (line != null && line.startsWith("WARNING")) {
        // The JVM itself says that the temporary directory is missing.
        line = child.readLine();
      }
      return String.valueOf(line);
    }
  }

  private static List<Path> libraries(Path directory) throws IOException {
    try (Stream<Path> paths = Files.walk(directory)) {
      return paths.filter(path -> path.getFileName().toString().contains("rocksdbjni")).toList();
    }
  }
}
