package io.dgen.processor;

import com.google.auto.service.AutoService;
import com.squareup.javapoet.ClassName;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.model.GeneratedNames;
import io.dgen.processor.validate.Message;
import io.dgen.processor.validate.ValidationReport;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashSet;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * Generates client, messages, server and codec of each distributed server: rounds, deferral and the
 * barrier against crashes. See docs/decisions/0004-processor-pipeline.md.
 */
@AutoService(Processor.class)
public final class DistributedServerProcessor extends AbstractProcessor {

  private static final String GENERATED = "javax.annotation.processing.Generated";

  /** By name: an element of one round is not valid in the next. */
  private final Set<String> waiting = new LinkedHashSet<>();

  private final Set<String> ours = new LinkedHashSet<>();

  /** Made by javac. */
  public DistributedServerProcessor() {}

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of(DgenTypes.ANNOTATION, GENERATED);
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  // javac -Xlint:all warns of every annotation that no processor claims. The first is ours alone,
  // the second is on what we generate, and a user's -Werror must not fail on either.
  @SuppressWarnings("DoNotClaimAnnotations")
  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    annotations.stream()
        .filter(it -> it.getQualifiedName().contentEquals(DgenTypes.ANNOTATION))
        .flatMap(it -> ElementFilter.typesIn(round.getElementsAnnotatedWith(it)).stream())
        .forEach(this::add);
    if (!round.processingOver()) {
      for (String name : Set.copyOf(waiting)) {
        TypeElement type = processingEnv.getElementUtils().getTypeElement(name);
        if (type != null && processGuarded(type)) {
          waiting.remove(name);
        }
      }
    }
    return !annotations.isEmpty();
  }

  private void add(TypeElement type) {
    waiting.add(type.getQualifiedName().toString());
    for (String suffix : GeneratedNames.SUFFIXES) {
      ours.add(GeneratedNames.of(ClassName.get(type), suffix).simpleName());
    }
  }

  /** A crash of ours shall not look like a mistake of the user's, nor stop the other servers. */
  private boolean processGuarded(TypeElement type) {
    try {
      return new ServerStep(processingEnv, ours).process(type);
    } catch (RuntimeException | StackOverflowError | LinkageError crash) {
      StringWriter trace = new StringWriter();
      crash.printStackTrace(new PrintWriter(trace));
      ValidationReport report = new ValidationReport(type);
      report.error(type, Message.BUG, type.getSimpleName(), trace);
      report.print(processingEnv.getMessager());
      return true;
    }
  }
}
