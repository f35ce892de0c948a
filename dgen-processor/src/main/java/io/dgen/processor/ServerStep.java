package io.dgen.processor;

import com.squareup.javapoet.JavaFile;
import io.dgen.processor.extract.DgenTypes;
import io.dgen.processor.extract.ServerDeclaration;
import io.dgen.processor.extract.ServerExtractor;
import io.dgen.processor.extract.Unresolved;
import io.dgen.processor.model.ApiModel;
import io.dgen.processor.model.ServerModel;
import io.dgen.processor.validate.Message;
import io.dgen.processor.validate.ServerValidator;
import io.dgen.processor.validate.ValidationReport;
import io.dgen.processor.write.ClientWriter;
import io.dgen.processor.write.CodecWriter;
import io.dgen.processor.write.MessageWriter;
import io.dgen.processor.write.ServerWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.annotation.processing.FilerException;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;

/** One server through the whole pipeline: extract, validate, model, write. */
final class ServerStep {

  private final ProcessingEnvironment environment;
  private final DgenTypes types;
  private final Set<String> ours;

  ServerStep(ProcessingEnvironment environment, Set<String> ours) {
    this.environment = environment;
    this.types = new DgenTypes(environment.getElementUtils(), environment.getTypeUtils());
    this.ours = ours;
  }

  /**
   * Processes one server.
   *
   * @return whether it is done; if not, a type that it mentions does not exist yet
   */
  boolean process(TypeElement type) {
    ValidationReport report = new ValidationReport(type);
    Unresolved unresolved = new Unresolved(ours);
    ServerDeclaration declared = new ServerExtractor(types, unresolved).extract(type);
    ServerValidator.Outcome outcome =
        new ServerValidator(types, declared, unresolved, report).validate();
    if (!unresolved.isEmpty()) {
      return false;
    }
    write(type, files(outcome.api(), outcome.server()), report);
    report.print(environment.getMessager());
    return true;
  }

  private static List<JavaFile> files(ApiModel api, Optional<ServerModel> server) {
    List<JavaFile> files = new ArrayList<>();
    files.add(MessageWriter.write(api));
    if (server.isPresent()) {
      files.add(ClientWriter.write(api, server.get().name()));
      files.add(ServerWriter.write(api, server.get()));
      files.add(CodecWriter.write(api, server.get()));
    } else {
      files.add(ClientWriter.write(api, api.type().simpleName()));
      files.add(ServerWriter.writeStub(api));
    }
    return files;
  }

  /** Each file has the interface as its one originating element: Gradle calls that isolating. */
  private void write(TypeElement type, List<JavaFile> files, ValidationReport report) {
    for (JavaFile file : files) {
      JavaFile owned =
          JavaFile.builder(
                  file.packageName, file.typeSpec.toBuilder().addOriginatingElement(type).build())
              .indent("  ")
              .build();
      try {
        owned.writeTo(environment.getFiler());
      } catch (FilerException exists) {
        report.error(type, Message.GENERATED_NAME, type.getSimpleName(), file.typeSpec.name);
      } catch (IOException failure) {
        report.error(type, Message.WRITE_FAILED, file.typeSpec.name, failure);
      }
    }
  }
}
