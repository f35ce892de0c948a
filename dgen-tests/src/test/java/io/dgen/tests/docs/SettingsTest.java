package io.dgen.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/settings.md lists every option. */
class SettingsTest {

  private static final Path ROOT = Repository.root();
  private static final Pattern OPTION = Pattern.compile("public Builder (\\w+)\\(\\w");

  @Test
  void everyOptionIsOnThePage() {
    String page = Repository.read(ROOT.resolve("docs/settings.md"));
    String source =
        Repository.read(ROOT.resolve("dgen-runtime/src/main/java/io/dgen/DgenOptions.java"));
    List<String> options = OPTION.matcher(source).results().map(option -> option.group(1)).toList();

    assertThat(options).hasSizeGreaterThan(15);
    assertThat(options)
        .filteredOn(option -> !option.equals("failures")) // a part of another one
        .allSatisfy(option -> assertThat(page).contains("`" + option + "`"));
  }
}
