package io.dgen.processor.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.dgen.processor.Compile;
import io.dgen.processor.Eclipse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same mistakes in the Eclipse compiler: the same text, file and line, and nothing else.
 *
 * <p>Columns are not compared: javac points at the first keyword of a type and at a value in an
 * annotation, Eclipse at the type's name and the value's name. And Eclipse cannot point at a record
 * or into it, nor at a type parameter: there, the place is the server's, and the text says the
 * rest.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EclipseTest {

  private final Eclipse eclipse = new Eclipse();
  @TempDir private Path directory;

  @AfterAll
  void close() throws IOException {
    eclipse.close();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void eachMistakeIsOneErrorAtItsPlace(ErrorCases.Case it) throws IOException {
    List<String> found =
        eclipse.compile(
            directory,
            // The code that uses the server has imports and locals that it does not need.
            List.of("-warn:none"),
            Compile.source("demo.Counter", it.counter().replace("§", "")),
            Compile.source("demo.user.User", it.user()));
    assertThat(found)
        .map(error -> error.replaceFirst("(?<=^Counter.java:\\d{1,3}):\\d+:", ":"))
        .containsExactly("Counter.java:" + line(it.counter()) + ": " + it.text());
  }

  static Stream<ErrorCases.Case> cases() {
    return Stream.concat(
        Arrays.stream(Message.values())
            .filter(it -> !ErrorCases.ELSEWHERE.contains(it))
            // Eclipse shows no processor what is in a method.
            .filter(it -> it != Message.LOCAL_INTERFACE)
            .map(ErrorCases::of),
        MessageTest.variants());
  }

  private static int line(String source) {
    List<String> lines = source.lines().toList();
    int line = 1;
    while (!lines.get(line - 1).contains("§")) {
      line++;
    }
    boolean isAboveIt = lines.get(line - 1).matches("\\s*§@\\S+");
    boolean isInRecord = lines.get(isAboveIt ? line : line - 1).contains("record ");
    while (isInRecord && !lines.get(line - 1).matches(".*\\b(class|interface) .*")) {
      line--;
    }
    return line;
  }
}
