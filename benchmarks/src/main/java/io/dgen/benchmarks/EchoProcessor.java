package io.dgen.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.Map;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;

/** A processor that looks at nothing, and writes in its first round what it was given. */
final class EchoProcessor extends AbstractProcessor {

  private final Map<String, String> texts;
  private boolean isDone;

  /**
   * Creates the processor.
   *
   * @param texts the sources to write, by the qualified names of their classes
   */
  EchoProcessor(Map<String, String> texts) {
    this.texts = texts;
  }

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of("io.dgen.annotations.*", "javax.annotation.processing.Generated");
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  // As the processor does that it stands for.
  @SuppressWarnings("DoNotClaimAnnotations")
  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (!isDone) {
      isDone = true;
      texts.forEach(this::write);
    }
    return !annotations.isEmpty();
  }

  private void write(String name, String text) {
    try (Writer out = processingEnv.getFiler().createSourceFile(name).openWriter()) {
      out.write(text);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
