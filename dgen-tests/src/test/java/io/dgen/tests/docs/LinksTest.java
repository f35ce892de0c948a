package io.dgen.tests.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of the documentation hang together. */
class LinksTest {

  private static final Path ROOT = Repository.root();
  private static final Path DECISIONS = ROOT.resolve("docs/decisions");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)(?:#[^)]*)?\\)");
  private static final Pattern ANCHOR = Pattern.compile("\\]\\(([^)#\\s]*)#([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern WEB = Pattern.compile("https?:.*");

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    int found = 0;
    for (Path page : Repository.pages()) {
      for (String target : links(page)) {
        found++;
        if (!Files.exists(page.resolveSibling(target))) {
          broken.add(ROOT.relativize(page) + ": " + target);
        }
      }
    }

    assertThat(broken).isEmpty();
    assertThat(found).isGreaterThan(20);
  }

  @Test
  void everyAnchorIsAHeading() throws IOException {
    List<String> broken = new ArrayList<>();
    int found = 0;
    for (Path page : Repository.pages()) {
      for (MatchResult link : ANCHOR.matcher(Repository.read(page)).results().toList()) {
        if (WEB.matcher(link.group(1)).matches()) {
          continue;
        }
        found++;
        Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
        if (!Files.exists(target) || !anchors(target).contains(link.group(2))) {
          broken.add(ROOT.relativize(page) + ": " + link.group());
        }
      }
    }

    assertThat(broken).isEmpty();
    assertThat(found).isGreaterThan(20);
  }

  /** The headings of a page, as anchors name them. */
  private static Set<String> anchors(Path page) {
    String text = CODE.matcher(Repository.read(page)).replaceAll("");
    return HEADING
        .matcher(text)
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }

  @Test
  void theIndexListsEveryDecision() throws IOException {
    List<String> listed = links(DECISIONS.resolve("README.md"));
    try (Stream<Path> files = Files.list(DECISIONS)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> !name.equals("README.md"))
          .isNotEmpty()
          .isSubsetOf(listed);
    }
  }

  private static List<String> links(Path page) {
    return LINK.matcher(Repository.read(page))
        .results()
        .map(link -> link.group(1))
        .filter(target -> !WEB.matcher(target).matches())
        .toList();
  }
}
