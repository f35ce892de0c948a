package io.dgen.processor;

import com.google.auto.service.AutoService;
import com.squareup.javapoet.ClassName;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.extract.HostCompiler;
import io.dgen.processor.model.GeneratedNames;
import io.dgen.processor.schema.ReleasedSchema;
import io.dgen.processor.validate.Message;
import io.dgen.processor.validate.ValidationReport;
import io.dgen.processor.write.Generated;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.ProcessingEnvironment;
import javax.annotation.processing.Processor;
import javax.annotation.processing.RoundEnvironment;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;

/**
 * Generates client, messages, server and codec of each distributed server: rounds, deferral and the
 * barrier against crashes. See docs/decisions/0004-processor-pipeline.md.
 */
@AutoService(Processor.class)
public final class DistributedServerProcessor extends AbstractProcessor {

  private static final String OURS = "io.dgen.annotations.*";
  private static final String GENERATED = "javax.annotation.processing.Generated";

  private final List<ServerStep> waiting = new ArrayList<>();
  private final List<ServerStep> done = new ArrayList<>();

  /** The simple names of what is generated for any server so far. */
  private final Set<String> ours = new LinkedHashSet<>();

  /** The qualified names of the types that the compiler was given, so that are not generated. */
  private final Set<String> foreign = new LinkedHashSet<>();

  /** The default names under which servers are stored, and the servers. */
  private final Map<String, String> stored = new LinkedHashMap<>();

  private boolean isFirstRound = true;

  /** Made by javac. */
  public DistributedServerProcessor() {}

  @Override
  public synchronized void init(ProcessingEnvironment environment) {
    super.init(environment);
    LocalInterfaces.watch(environment);
  }

  @Override
  public Set<String> getSupportedAnnotationTypes() {
    return Set.of(OURS, GENERATED);
  }

  @Override
  public Set<String> getSupportedOptions() {
    return ReleasedSchema.options();
  }

  @Override
  public SourceVersion getSupportedSourceVersion() {
    return SourceVersion.latestSupported();
  }

  // javac -Xlint:all warns of every annotation that no processor claims. The first ones are only
  // ours, the last is on what we generate, and a user's -Werror must not fail because of any of
  // them.
  @SuppressWarnings("DoNotClaimAnnotations")
  @Override
  public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
    if (round.processingOver()) {
      if (HostCompiler.isEclipse(processingEnv)) {
        waiting.forEach(step -> guarded(step, () -> finish(step)));
      }
      done.forEach(step -> guarded(step, () -> checkStub(step)));
      return false;
    }
    if (isFirstRound) {
      isFirstRound = false;
      ElementFilter.typesIn(round.getRootElements()).stream()
          .filter(it -> !Generated.is(it))
          .forEach(it -> foreign.add(it.getQualifiedName().toString()));
    }
    boolean canWait = hasNews(round);
    annotations.stream()
        .filter(it -> it.getQualifiedName().contentEquals(DgenTypes.ANNOTATION))
        .flatMap(it -> inOrder(ElementFilter.typesIn(round.getElementsAnnotatedWith(it))))
        .forEach(this::add);
    for (ServerStep step : List.copyOf(waiting)) {
      if (guarded(step, () -> step.process(canWait))) {
        waiting.remove(step);
        done.add(step);
      }
    }
    return !annotations.isEmpty();
  }

  /**
   * Returns whether the round has a class that is not ours. If not, no other processor wrote one in
   * the round before, and what is still missing is a mistake.
   */
  private boolean hasNews(RoundEnvironment round) {
    return round.getRootElements().stream()
        .map(Element::getSimpleName)
        .anyMatch(it -> !ours.contains(it.toString()));
  }

  /**
   * As they are declared, which Eclipse does not say: there by name, so that errors stay the same.
   */
  private Stream<TypeElement> inOrder(Set<TypeElement> types) {
    return HostCompiler.isEclipse(processingEnv)
        ? types.stream().sorted(Comparator.comparing(it -> it.getQualifiedName().toString()))
        : types.stream();
  }

  private void add(TypeElement type) {
    waiting.add(
        new ServerStep(
            processingEnv,
            new ServerStep.Names(ours, foreign, stored),
            type.getQualifiedName().toString()));
    Stream.concat(
            GeneratedNames.SUFFIXES.stream(),
            Stream.of(GeneratedNames.ASKS, GeneratedNames.ANSWERS, GeneratedNames.STEPS))
        .map(it -> GeneratedNames.of(ClassName.get(type), it).simpleName())
        .forEach(ours::add);
  }

  private static boolean finish(ServerStep step) {
    step.finish();
    return true;
  }

  private static boolean checkStub(ServerStep step) {
    step.checkStub();
    return true;
  }

  /**
   * Runs a step so that a crash of ours neither looks like a user's mistake nor stops other
   * servers.
   */
  private boolean guarded(ServerStep step, BooleanSupplier body) {
    try {
      return body.getAsBoolean();
    } catch (RuntimeException | StackOverflowError | LinkageError crash) {
      StringWriter trace = new StringWriter();
      crash.printStackTrace(new PrintWriter(trace));
      Optional<TypeElement> known = step.type();
      if (known.isEmpty()) {
        throw crash;
      }
      TypeElement type = known.get();
      ValidationReport report = new ValidationReport(type);
      report.error(type, Message.BUG, type.getSimpleName(), trace);
      report.print(processingEnv);
      return true;
    }
  }
}
