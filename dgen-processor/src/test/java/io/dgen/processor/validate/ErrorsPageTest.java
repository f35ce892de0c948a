package io.dgen.processor.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import io.dgen.processor.Compile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code docs/errors.md} has a section for each code, whose wrong snippet gives exactly the error
 * that the section shows, and whose right snippet compiles without a warning.
 */
class ErrorsPageTest {

  private static final Path PAGE = Path.of("../docs/errors.md");
  private static final Pattern SECTION = Pattern.compile("(?m)^## (.+)$");
  private static final Pattern PART = Pattern.compile("(?m)^# .+$");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+)\n(.*?)^```$");
  private static final Pattern TYPE = Pattern.compile("(?m)^public .*(?:class|interface) (\\w+)");

  /**
   * A section of the page.
   *
   * @param error what the processor says
   * @param wrong the snippet that makes it say so; empty if no snippet can
   * @param right the snippet that is right
   */
  private record Section(String error, String wrong, String right) {}

  private static final String PAGE_TEXT = read();
  private static final Map<String, Section> SECTIONS = sections();
  private static final String COUNTER = blocks(PAGE_TEXT, "java").getFirst();

  @Test
  void hasASectionForEachCodeAndNoOther() {
    assertThat(SECTION.matcher(PAGE_TEXT).results().map(it -> it.group(1)))
        .containsExactlyElementsOf(Arrays.stream(Message.values()).map(Message::code).toList());
  }

  @ParameterizedTest
  @EnumSource(Message.class)
  void theWrongSnippetGivesTheErrorAndTheRightOneCompiles(Message message) {
    Section section = Objects.requireNonNull(SECTIONS.get(message.code()), message.code());
    assertThat(section.error()).startsWith("[dgen:" + message.code() + "] ");
    if (ErrorCases.ELSEWHERE.contains(message)) {
      assertThat(section.wrong()).isEmpty();
      return;
    }
    assertThat(errors(compile(Compile.javac().toTheEnd(), section.wrong())))
        .containsExactly(section.error());
    assertThat(errors(compile(Compile.javac().with("-Xlint:all", "-Werror"), section.right())))
        .isEmpty();
  }

  private static Compilation compile(Compile javac, String snippet) {
    String text = snippet.contains("@DistributedServer") ? snippet : added(snippet);
    MatchResult type = TYPE.matcher(text).results().findFirst().orElseThrow();
    JavaFileObject source =
        Compile.source(
            "demo." + type.group(1),
            "package demo;\nimport io.dgen.*;\nimport io.dgen.annotations.*;\nimport java.util.*;\n"
                + text);
    return javac.sources(source);
  }

  /** The snippet within the server that the page begins with. */
  private static String added(String snippet) {
    int end = COUNTER.lastIndexOf('}');
    return COUNTER.substring(0, end) + snippet + COUNTER.substring(end);
  }

  /** Also the warnings: the text alone, since the page shows no place. */
  private static List<String> errors(Compilation compilation) {
    return compilation.diagnostics().stream().map(it -> it.getMessage(Locale.ROOT)).toList();
  }

  private static Map<String, Section> sections() {
    Map<String, Section> sections = new TreeMap<>();
    List<MatchResult> headings = SECTION.matcher(PAGE_TEXT).results().toList();
    for (int i = 0; i < headings.size(); i++) {
      int end = i + 1 < headings.size() ? headings.get(i + 1).start() : PAGE_TEXT.length();
      String text =
          PART.splitAsStream(PAGE_TEXT.substring(headings.get(i).end(), end))
              .findFirst()
              .orElseThrow();
      List<String> errors = blocks(text, "text");
      List<String> snippets = blocks(text, "java");
      assertThat(errors).as("errors of %s", headings.get(i).group(1)).hasSize(1);
      assertThat(snippets.size()).as("snippets of %s", headings.get(i).group(1)).isIn(0, 2);
      sections.put(
          headings.get(i).group(1),
          new Section(
              errors.getFirst().strip(),
              snippets.isEmpty() ? "" : snippets.getFirst(),
              snippets.isEmpty() ? "" : snippets.getLast()));
    }
    return sections;
  }

  private static List<String> blocks(String text, String language) {
    return BLOCK
        .matcher(text)
        .results()
        .filter(it -> it.group(1).equals(language))
        .map(it -> it.group(2))
        .toList();
  }

  private static String read() {
    try {
      return Files.readString(PAGE);
    } catch (IOException unreadable) {
      throw new java.io.UncheckedIOException(unreadable);
    }
  }
}
