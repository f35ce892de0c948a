package io.dgen.processor;

import com.squareup.javapoet.JavaFile;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.extract.ServerDeclaration;
import io.dgen.processor.extract.ServerExtractor;
import io.dgen.processor.extract.Unresolved;
import io.dgen.processor.model.ApiModel;
import io.dgen.processor.model.ServerModel;
import io.dgen.processor.schema.ReleasedSchema;
import io.dgen.processor.validate.Message;
import io.dgen.processor.validate.ServerValidator;
import io.dgen.processor.validate.ValidationReport;
import io.dgen.processor.write.ClientWriter;
import io.dgen.processor.write.CodecWriter;
import io.dgen.processor.write.MessageWriter;
import io.dgen.processor.write.ServerWriter;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;

/** One server on its way through the pipeline: extract, validate, model, write. */
final class ServerStep {

  private final ProcessingEnvironment environment;
  private final DgenTypes types;
  private final Set<String> ours;
  private final ReleasedSchema released;
  private final String name;
  private boolean hasMessages;
  private boolean isStub;

  /**
   * Makes the step.
   *
   * @param environment the compiler
   * @param ours the simple names of what is generated for any server
   * @param name the server's qualified name: an element of one round is not valid in the next
   */
  ServerStep(ProcessingEnvironment environment, Set<String> ours, String name) {
    this.environment = environment;
    this.types = new DgenTypes(environment.getElementUtils(), environment.getTypeUtils());
    this.ours = ours;
    this.released =
        new ReleasedSchema(
            environment.getOptions(),
            environment.getElementUtils(),
            note -> environment.getMessager().printNote(note));
    this.name = name;
  }

  /** The server's type, as this round sees it. */
  TypeElement type() {
    TypeElement type = environment.getElementUtils().getTypeElement(name);
    if (type == null) {
      throw new IllegalStateException(name + " was there in an earlier round");
    }
    return type;
  }

  /**
   * Processes the server.
   *
   * <p>If a type that it mentions does not exist, another processor may still generate it, and the
   * server waits. Its message classes do not depend on such a type: they are written at once, so
   * that there is a next round in any case, in which stubs can be written if nothing came.
   *
   * @param canWait whether something may still be generated
   * @return whether it is done; if not, call again in the next round
   */
  boolean process(boolean canWait) {
    TypeElement type = type();
    ValidationReport report = new ValidationReport(type);
    Optional<String> missing = types.missingRuntime();
    if (missing.isPresent()) {
      report.error(type, Message.NO_RUNTIME, missing.get());
      report.print(environment);
      return true;
    }
    Unresolved unresolved = new Unresolved(ours);
    ServerDeclaration declared = new ServerExtractor(types, unresolved).extract(type);
    boolean knowsMessages = unresolved.isEmpty();
    ServerValidator.Outcome outcome =
        new ServerValidator(types, declared, unresolved, report).validate();
    if (knowsMessages && !hasMessages) {
      hasMessages = true;
      write(type, MessageWriter.write(outcome.api()), report);
    }
    if (!unresolved.isEmpty()) {
      // What javac says of the missing type is enough.
      if (!canWait && knowsMessages) {
        isStub = true;
        writeStubs(type, outcome.api(), new ValidationReport(type));
        return true;
      }
      return false;
    }
    if (outcome.server().isPresent()) {
      writeServer(type, outcome.api(), outcome.server().get(), report);
    } else {
      writeStubs(type, outcome.api(), report);
    }
    report.print(environment);
    return true;
  }

  /** Says so if stubs were written for want of a type that came after all. */
  void checkStub() {
    if (!isStub) {
      return;
    }
    TypeElement type = type();
    Unresolved unresolved = new Unresolved(ours);
    ValidationReport report = new ValidationReport(type);
    new ServerValidator(
            types, new ServerExtractor(types, unresolved).extract(type), unresolved, report)
        .validate();
    if (unresolved.isEmpty()) {
      ValidationReport late = new ValidationReport(type);
      late.error(type, Message.LATE_TYPE, type.getSimpleName());
      late.print(environment);
    }
  }

  private void writeServer(
      TypeElement type, ApiModel api, ServerModel server, ValidationReport report) {
    int version = released.version(type, server, report);
    write(type, ClientWriter.write(api, server.name()), report);
    write(type, ServerWriter.write(api, server), report);
    write(type, CodecWriter.write(api, server, version), report);
  }

  private void writeStubs(TypeElement type, ApiModel api, ValidationReport report) {
    write(type, ClientWriter.write(api, api.type().simpleName()), report);
    write(type, ServerWriter.writeStub(api), report);
  }

  /** Each file has the interface as its one originating element: Gradle calls that isolating. */
  private void write(TypeElement type, JavaFile file, ValidationReport report) {
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
      report.error(type, Message.GENERATED_NAME, type.getSimpleName(), generated);
    } catch (IOException failure) {
      report.error(type, Message.WRITE_FAILED, generated, failure);
    }
  }
}
