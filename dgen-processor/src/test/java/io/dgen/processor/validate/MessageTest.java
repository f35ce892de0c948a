package io.dgen.processor.validate;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import io.dgen.processor.Compile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.JavaFileObject;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every compile error: its text, its file, its line and column, and that it is the only one, though
 * other code uses everything that is generated.
 */
class MessageTest {

  /** Where a case expects its error; taken out before compiling. */
  private static final char MARK = '§';

  @ParameterizedTest
  @EnumSource(Message.class)
  void eachMistakeIsOneErrorAtItsPlace(Message message) {
    if (!ErrorCases.ELSEWHERE.contains(message)) {
      check(ErrorCases.of(message));
    }
  }

  @ParameterizedTest
  @MethodSource("variants")
  void eachVariantIsOneErrorAtItsPlace(ErrorCases.Case it) {
    check(it);
  }

  static Stream<ErrorCases.Case> variants() {
    return Stream.of(
            ErrorCases.variants(),
            GrammarCases.variants(),
            CodecErrorCases.variants(),
            AskCases.variants(),
            EvolutionCases.all())
        .flatMap(List::stream);
  }

  @ParameterizedTest
  @EnumSource(Message.class)
  void codesAreWordsAndUnique(Message message) {
    assertThat(message.code()).matches("[a-z]+(-[a-z]+)*");
    assertThat(Arrays.stream(Message.values()).map(Message::code)).doesNotHaveDuplicates();
    assertThat(message.code()).isEqualTo(message.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private static void check(ErrorCases.Case it) {
    String counter = it.counter();
    List<JavaFileObject> sources = new ArrayList<>();
    sources.add(Compile.source("demo.Counter", counter.replace(String.valueOf(MARK), "")));
    sources.add(Compile.source("demo.user.User", it.user()));
    // To the end: what javac would not look at after an error cannot fail either.
    Compilation compilation =
        Compile.javac().toTheEnd().sources(sources.toArray(JavaFileObject[]::new));
    assertThat(Compile.diagnostics(compilation))
        .containsExactly("Counter.java:" + position(counter) + ": " + it.text());
  }

  static String position(String source) {
    int mark = source.indexOf(MARK);
    assertThat(mark).as("the mark in the source").isNotNegative();
    String before = source.substring(0, mark);
    long line = 1 + before.chars().filter(it -> it == '\n').count();
    return line + ":" + (mark - before.lastIndexOf('\n'));
  }

  @org.junit.jupiter.api.Test
  void whatIsTestedElsewhereNeedsMoreThanASource() {
    assertThat(ErrorCases.ELSEWHERE)
        .filteredOn(it -> !it.name().startsWith("SCHEMA_")) // SchemaErrorTest has these.
        .containsExactlyElementsOf(
            EnumSet.of(Message.NO_RUNTIME, Message.WRITE_FAILED, Message.BUG, Message.LATE_TYPE));
  }
}
