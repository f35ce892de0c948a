package io.dgen.processor;

import com.squareup.javapoet.ClassName;
import com.squareup.javapoet.JavaFile;
import io.dgen.processor.extract.Declarations;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.extract.HostCompiler;
import io.dgen.processor.extract.ServerDeclaration;
import io.dgen.processor.extract.ServerExtractor;
import io.dgen.processor.extract.Unresolved;
import io.dgen.processor.model.ApiModel;
import io.dgen.processor.model.GeneratedNames;
import io.dgen.processor.model.ServerModel;
import io.dgen.processor.schema.ReleasedSchema;
import io.dgen.processor.validate.Message;
import io.dgen.processor.validate.ServerValidator;
import io.dgen.processor.validate.ValidationReport;
import io.dgen.processor.write.AsksWriter;
import io.dgen.processor.write.ClientWriter;
import io.dgen.processor.write.CodecWriter;
import io.dgen.processor.write.MessageWriter;
import io.dgen.processor.write.RoundWriter;
import io.dgen.processor.write.ServerWriter;
import io.dgen.processor.write.StepsWriter;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** One server on its way through the pipeline: extract, validate, model, write. */
final class ServerStep {

  /**
   * The names that servers share.
   *
   * @param ours the simple names of everything that is generated for any server
   * @param foreign the qualified names of the types that are written by hand
   * @param stored the default names under which servers are stored, each with its first server
   */
  record Names(Set<String> ours, Set<String> foreign, Map<String, String> stored) {}

  private final ProcessingEnvironment environment;
  private final DgenTypes types;
  private final Names names;
  private final ReleasedSchema released;
  private final String name;
  private boolean hasMessages;
  private boolean hasRound;
  private boolean isStub;
  private @Nullable ValidationReport unmarked;

  /**
   * Makes the step.
   *
   * @param environment the compiler
   * @param names the names of all servers
   * @param name the server's qualified name: an element of one round is not valid in the next
   */
  ServerStep(ProcessingEnvironment environment, Names names, String name) {
    this.environment = environment;
    this.types = new DgenTypes(environment.getElementUtils(), environment.getTypeUtils());
    this.names = names;
    this.released =
        new ReleasedSchema(
            environment.getOptions(),
            environment.getElementUtils(),
            note -> environment.getMessager().printNote(note));
    this.name = name;
  }

  /**
   * Returns the server's type, as this round sees it.
   *
   * @return the type; empty if the compiler does not provide it, because it is too wrong
   */
  Optional<TypeElement> type() {
    return Optional.ofNullable(environment.getElementUtils().getTypeElement(name));
  }

  /**
   * Processes the server.
   *
   * <p>If a type that it mentions does not exist, another processor may still generate it, and the
   * server waits. Its message classes do not depend on such a type, unless it is that of an answer:
   * they are written at once, so that there is a next round in any case, in which stubs can be
   * written if nothing came. Where they do, a class without content takes their place. Eclipse must
   * get all files in one round, since it forgets those of the round before if other sources mention
   * files of both; there the server waits for the end.
   *
   * @param canWait whether something may still be generated
   * @return whether it is done; if not, call again in the next round
   */
  boolean process(boolean canWait) {
    Optional<TypeElement> known = type();
    if (known.isEmpty() || Declarations.areWrong(known.get())) {
      return true;
    }
    TypeElement type = known.get();
    ValidationReport report = new ValidationReport(type);
    Optional<String> missing = types.missingRuntime(type);
    if (missing.isPresent()) {
      boolean isInModule =
          Optional.ofNullable(environment.getElementUtils().getModuleOf(type))
              .filter(it -> !it.isUnnamed())
              .isPresent();
      report.error(
          type,
          Message.NO_RUNTIME,
          missing.get(),
          isInModule ? ", and `requires io.dgen.runtime` to module-info.java" : "");
      report.print(environment);
      return true;
    }
    Unresolved unresolved = new Unresolved(names.ours(), environment.getTypeUtils());
    ServerValidator.Outcome outcome = validate(type, unresolved, report);
    boolean isEclipse = HostCompiler.isEclipse(environment);
    if (unmarked != null) {
      // Positions are known only in the first round.
      (report.says(Message.UNMARKED_MESSAGE) ? unmarked : report).print(environment);
      return true;
    }
    if (unresolved.isEmpty() && isEclipse && report.says(Message.UNMARKED_MESSAGE)) {
      // Eclipse leaves out what implements Call<CounterClient> as long as there is no such class.
      unmarked = report;
      writeMessages(type, api(type, outcome), report);
      writeStubs(type, api(type, outcome), report);
      return false;
    }
    if (unresolved.isEmpty()) {
      taken(type, outcome.api()).forEach(it -> reportTaken(type, it, report));
      ApiModel api = api(type, outcome);
      writeMessages(type, api, report);
      if (outcome.server().isPresent() && taken(type, api).isEmpty()) {
        writeServer(type, api, outcome.server().get(), report);
      } else {
        writeStubs(type, api, report);
      }
      report.print(environment);
      return true;
    }
    // The compiler's own error about the missing type is enough.
    ValidationReport unread = new ValidationReport(type);
    if (!isEclipse && !outcome.hasOpenAnswers()) {
      writeMessages(type, api(type, outcome), unread);
    } else if (!isEclipse && !hasRound) {
      hasRound = true;
      write(type, RoundWriter.write(outcome.api()), unread);
    }
    if (canWait || isEclipse) {
      return false;
    }
    isStub = true;
    writeMessages(type, api(type, outcome), unread);
    writeStubs(type, api(type, outcome), unread);
    return true;
  }

  /**
   * Writes stubs for a server that waited for a type up to the last round. Only Eclipse takes files
   * of that round without a warning.
   */
  void finish() {
    type()
        .ifPresent(
            type -> {
              if (unmarked != null) {
                process(false);
                return;
              }
              ValidationReport unread = new ValidationReport(type);
              Unresolved unresolved = new Unresolved(names.ours(), environment.getTypeUtils());
              ApiModel api = api(type, validate(type, unresolved, unread));
              writeMessages(type, api, unread);
              writeStubs(type, api, unread);
            });
  }

  /** Reports stubs that were written for lack of a type that was generated after all. */
  void checkStub() {
    if (isStub) {
      type().ifPresent(this::checkStub);
    }
  }

  private void checkStub(TypeElement type) {
    Unresolved unresolved = new Unresolved(names.ours(), environment.getTypeUtils());
    validate(type, unresolved, new ValidationReport(type));
    if (unresolved.isEmpty()) {
      ValidationReport late = new ValidationReport(type);
      late.error(type, Message.LATE_TYPE, type.getSimpleName());
      late.print(environment);
    }
  }

  private ServerValidator.Outcome validate(
      TypeElement type, Unresolved unresolved, ValidationReport report) {
    ServerDeclaration declared = new ServerExtractor(types, unresolved).extract(type);
    if (AnnotationTrees.hasUnknownValue(environment, type, declared.annotation())) {
      unresolved.note(declared.annotation().toString());
    }
    checkStored(declared, report);
    return new ServerValidator(types, declared, unresolved, report).validate();
  }

  /** Returns the generated classes whose names are taken by classes of the user. */
  private List<ClassName> taken(TypeElement type, ApiModel api) {
    return Stream.of(
            GeneratedNames.SUFFIXES.stream(),
            Stream.of(GeneratedNames.ASKS).filter(it -> api.isAsking()),
            Stream.of(GeneratedNames.STEPS).filter(it -> !api.steps().isEmpty()))
        .flatMap(it -> it)
        .map(it -> GeneratedNames.of(ClassName.get(type), it))
        .filter(it -> names.foreign().contains(it.canonicalName()))
        .toList();
  }

  private static void reportTaken(TypeElement type, ClassName taken, ValidationReport report) {
    report.error(type, Message.GENERATED_NAME, type.getSimpleName(), taken.simpleName());
  }

  private ApiModel api(TypeElement type, ServerValidator.Outcome outcome) {
    List<ClassName> taken = taken(type, outcome.api());
    ClassName message = GeneratedNames.of(ClassName.get(type), "Message");
    return taken.isEmpty() ? outcome.api() : outcome.api().beside(taken.contains(message));
  }

  /** Reports servers of one name: a node cannot host both, and would notice only at run time. */
  private void checkStored(ServerDeclaration declared, ValidationReport report) {
    if (declared.hasName()) {
      return; // A name that is given explicitly is intended.
    }
    String other = names.stored().putIfAbsent(declared.simpleName(), name);
    if (other != null && !other.equals(name)) {
      report.error(
          declared.type(),
          Message.SAME_SERVER,
          declared.simpleName(),
          declared.simpleName(),
          other);
    }
  }

  private void writeMessages(TypeElement type, ApiModel api, ValidationReport report) {
    if (!hasMessages) {
      hasMessages = true;
      write(type, MessageWriter.write(api), report);
    }
  }

  private void writeServer(
      TypeElement type, ApiModel api, ServerModel server, ValidationReport report) {
    int version = released.version(type, server, report);
    write(type, ClientWriter.write(api, server.name()), report);
    write(type, ServerWriter.write(api, server), report);
    write(type, CodecWriter.write(api, server, version), report);
    if (api.isAsking()) {
      write(type, AsksWriter.write(api, server.name()), report);
    }
    if (!api.steps().isEmpty()) {
      write(type, StepsWriter.write(api), report);
    }
  }

  private void writeStubs(TypeElement type, ApiModel api, ValidationReport report) {
    write(type, ClientWriter.write(api, api.type().simpleName()), report);
    write(type, ServerWriter.writeStub(api), report);
    write(type, CodecWriter.writeStub(api), report);
    if (api.isAsking()) {
      write(type, AsksWriter.write(api, api.type().simpleName()), report);
    }
    if (!api.steps().isEmpty()) {
      write(type, StepsWriter.write(api), report);
    }
  }

  /** Each file has the interface as its one originating element: Gradle calls that isolating. */
  private void write(TypeElement type, JavaFile file, ValidationReport report) {
    if (names
        .foreign()
        .contains(ClassName.get(file.packageName, file.typeSpec.name).canonicalName())) {
      return;
    }
    JavaFile owned =
        JavaFile.builder(
                file.packageName, file.typeSpec.toBuilder().addOriginatingElement(type).build())
            .indent("  ")
            .skipJavaLangImports(!types.hidesJavaLang(type))
            .build();
    String generated = file.typeSpec.name;
    try {
      owned.writeTo(environment.getFiler());
    } catch (FilerException exists) {
      reportTaken(type, ClassName.get(file.packageName, generated), report);
    } catch (IOException failure) {
      report.error(type, Message.WRITE_FAILED, generated, failure);
    }
  }
}
