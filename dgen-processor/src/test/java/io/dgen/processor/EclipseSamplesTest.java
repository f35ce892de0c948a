package io.dgen.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is generated compiles in the Eclipse compiler, with every warning on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EclipseSamplesTest {

  private final Eclipse eclipse = new Eclipse();
  @TempDir private Path directory;

  @AfterAll
  void close() throws IOException {
    eclipse.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Samples.COUNTER,
        Samples.DRAWING,
        Samples.SHOP,
        Samples.TOWN,
        Samples.DEPOT,
        Samples.ORDER
      })
  void compilesWithoutAWarning(String sample) throws IOException {
    List<JavaFileObject> sources = new ArrayList<>(List.of(Samples.sources(sample)));
    sources.add(Compile.source("sample.Idle", "package sample; class Idle { private int idle; }"));
    List<String> found =
        eclipse.compile(
            directory,
            List.of("-warn:+all,-javadoc,-allJavadoc"),
            sources.toArray(JavaFileObject[]::new));
    assertThat(found)
        .as("the warnings are on")
        .contains("WARNING Idle.java:1:42: The value of the field sample.Idle.idle is not used");
    assertThat(found)
        .allMatch(it -> it.matches("WARNING (Idle|Shop|Stock|" + sample + ")[.]java:.*"));
  }
}
