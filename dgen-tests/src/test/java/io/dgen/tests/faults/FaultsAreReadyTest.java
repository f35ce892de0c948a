package io.dgen.tests.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Whoever moves code or tests hears at once that a fault is to be planted anew; that each is found
 * takes the minutes of {@link PlantedFaultsTest}.
 */
class FaultsAreReadyTest {

  private static final Path DIRECTORY = Path.of("src", "test", "faults").toAbsolutePath();
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  @Test
  void eachApplies() throws IOException, InterruptedException {
    List<String> stale = new ArrayList<>();
    for (PlantedFault fault : PlantedFault.in(DIRECTORY)) {
      ProcessBuilder git =
          new ProcessBuilder("git", "apply", "--check", fault.file().toString())
              .directory(ROOT.toFile())
              .redirectErrorStream(true);
      // A copy of the sources may lie within another repository.
      git.environment().put("GIT_CEILING_DIRECTORIES", ROOT.resolve("..").normalize().toString());
      Process process = git.start();
      byte[] said = process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        stale.add(fault + ": " + new String(said, StandardCharsets.UTF_8));
      }
    }
    assertThat(stale).isEmpty();
  }

  @Test
  void eachNamesATest() throws IOException {
    List<Path> roots;
    try (Stream<Path> modules = Files.list(ROOT)) {
      roots = modules.map(module -> module.resolve("src/test/java")).filter(Files::exists).toList();
    }
    assertThat(PlantedFault.in(DIRECTORY))
        .hasSizeGreaterThan(40)
        .allSatisfy(
            fault -> {
              String test = fault.proof().test().replaceFirst("#.*", "").replace('.', '/');
              assertThat(roots).anyMatch(root -> Files.exists(root.resolve(test + ".java")));
            });
  }
}
