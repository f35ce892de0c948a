package io.dgen.processor.validate;

import io.dgen.processor.extract.ServerDeclaration;
import io.dgen.processor.extract.StepDeclaration;
import io.dgen.processor.model.GeneratedNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;

/** Rules about the records of steps. */
final class StepRules {

  private final ValidationReport report;

  StepRules(ValidationReport report) {
    this.report = report;
  }

  /**
   * Checks every step.
   *
   * @param steps the name of the generated class
   * @return the steps whose methods can be generated, and so appear in stubs
   */
  List<StepDeclaration> check(ServerDeclaration server, String steps) {
    List<StepDeclaration> right = new ArrayList<>();
    Map<String, String> methods = new HashMap<>();
    for (StepDeclaration step : server.steps()) {
      if (!checkForm(step)) {
        continue;
      }
      String method = GeneratedNames.method(step.name());
      String other = methods.putIfAbsent(method, "record " + step.name());
      if (SourceVersion.isKeyword(method, SourceVersion.latest())) {
        other = "the Java language";
      }
      if (other != null) {
        report.error(step.element(), Message.STEP_METHOD, step.name(), steps, method, other);
        continue;
      }
      right.add(step);
    }
    boolean hasLocked =
        server.callbacks().stream().anyMatch(it -> it.name().equals("handleLocked"));
    if (!hasLocked && !right.isEmpty()) {
      StepDeclaration first = right.getFirst();
      report.error(first.element(), Message.STEP_UNLOCKED, first.name(), server.simpleName());
    }
    return right;
  }

  private boolean checkForm(StepDeclaration step) {
    TypeElement element = step.element();
    String found =
        element.getKind() != ElementKind.RECORD
            ? Display.kind(element)
            : !element.getTypeParameters().isEmpty()
                ? "<" + Display.typeParameters(element.getTypeParameters()) + ">"
                : !element.getRecordComponents().isEmpty()
                    ? "component " + element.getRecordComponents().getFirst().getSimpleName()
                    : "";
    if (!found.isEmpty()) {
      report.error(element, Message.STEP_FORM, step.name(), found);
      return false;
    }
    if (step.isMessage()) {
      report.error(element, Message.STEP_IS_MESSAGE, step.name());
      return false;
    }
    if (step.result().isEmpty()) {
      report.error(element, Message.STEP_RESULT, step.name());
    }
    return true;
  }
}
